import { type Figures } from './figures.ts';

/** How long a run may take: a look before a commit, the published one, and what only a night has time for. */
export type Mode = 'quick' | 'full' | 'long';

/** What every flush to the disk takes on top of what it takes anyway. */
export type Disk = 'as is' | '+1 ms' | '+4 ms';

/** One line of the table. */
export interface Row {
  /** Never changes once published: the key of the baseline, such as `append/copy@256`; the harness adds the disk. */
  readonly id: string;
  /** `engine append / COPY of the same rows, 256 sessions`. */
  readonly title: string;
  /** `x` for a ratio, otherwise `s`, `ms`, `us`, `bytes`, `/GiB`, `/s`. */
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  /** Of what each round gave; null when it was not run. */
  readonly figures: Figures | null;
  /** Why it was not run. */
  readonly why?: string;
  readonly target?: number;
  readonly stretch?: number;
  /** Left out where no disk takes part. */
  readonly disk?: Disk;
  /** What the ratio is made of, and what else was seen. */
  readonly parts?: Readonly<Record<string, { readonly figures: Figures; readonly unit: string }>>;
  readonly note?: string;
}

/** One plot: series by name, each of points `[x, y]`. */
export interface Curve {
  /** Name of the file, without `.svg`. */
  readonly plot: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly logX?: boolean;
}

/** What a group found. */
export interface Found {
  readonly rows: readonly Row[];
  readonly curves?: readonly Curve[];
  readonly notes?: readonly string[];
}

/** A row that was left out, and why. */
export const notRun = (row: Omit<Row, 'figures' | 'why'>, why: string): Row => ({
  ...row,
  figures: null,
  why,
});
