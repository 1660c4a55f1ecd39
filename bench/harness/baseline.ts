import { type Row } from './row.ts';
import { keyOf } from './verdict.ts';

/** The run that others are compared with, as `bench/baseline.json` holds it. */
export interface Baseline {
  readonly date: string;
  /** Figures other than ratios are compared on the very same kind of machine only. */
  readonly machine: string;
  readonly rows: Readonly<Record<string, { readonly median: number; readonly unit: string }>>;
}

/** How a row came out against the baseline: above 0 is better, -0.2 is a fifth worse. */
export interface Change {
  readonly key: string;
  readonly gain: number;
  readonly worse: boolean;
}

/** A row may be that much worse before it counts. */
const ALLOWED = 0.15;

/** The rows of a run as a baseline; those that it did not run are kept from the one before. */
export const baselineOf = (
  rows: readonly Row[],
  { date, machine }: Pick<Baseline, 'date' | 'machine'>,
  before: Baseline | null,
): Baseline => {
  const ran = rows.flatMap((row) =>
    row.figures === null ? [] : [[keyOf(row), { median: row.figures.median, unit: row.unit }] as const],
  );
  const kept = before?.machine === machine ? before.rows : {};
  const all = Object.entries({ ...kept, ...Object.fromEntries(ran) });
  return { date, machine, rows: Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
};

const gainOf = (better: Row['better'], now: number, before: number): number => {
  if (now === before) return 0;
  return better === 'higher' ? now / before - 1 : 1 - now / before;
};

/** The rows that both have, with what became of them. */
export const compareWith = (baseline: Baseline, rows: readonly Row[], machine: string): readonly Change[] =>
  rows.flatMap((row) => {
    const key = keyOf(row);
    const before = baseline.rows[key];
    if (row.figures === null || before === undefined || before.unit !== row.unit) return [];
    if (row.unit !== 'x' && baseline.machine !== machine) return [];
    const gain = gainOf(row.better, row.figures.median, before.median);
    return [{ key, gain, worse: gain < -ALLOWED }];
  });

/** What `--compare` prints: the worst first. */
export const changesInWords = (changes: readonly Change[]): readonly string[] => [
  'against bench/baseline.json (more than 15 % worse fails):',
  ...changes
    .toSorted((a, b) => a.gain - b.gain)
    .map(
      ({ key, gain, worse }) =>
        `  ${`${gain >= 0 ? '+' : ''}${(gain * 100).toFixed(0)} %`.padStart(7)}  ${key}${worse ? '  WORSE' : ''}`,
    ),
];
