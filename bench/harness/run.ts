import { type Figures } from './figures.ts';
import { type Machine } from './machine.ts';
import { type Curve, type Mode, type Row } from './row.ts';

/** What one group gave, complete with the rows that it did not run. */
export interface GroupRun {
  readonly name: string;
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly curves: readonly Curve[];
  readonly notes: readonly string[];
  /** Why it ended before its time; null when it did not. */
  readonly failure: string | null;
}

/** A whole run, as `bench/results/<mode>.json` holds it. */
export interface Run {
  readonly mode: Mode;
  /** When it began, as ISO 8601. */
  readonly date: string;
  readonly seconds: number;
  readonly machine: Machine;
  /** Milliseconds that a page takes to be on the disk that the database lies on. */
  readonly fdatasyncMs: Figures;
  readonly groups: readonly GroupRun[];
}

export const rowsOf = ({ groups }: Pick<Run, 'groups'>): readonly Row[] => groups.flatMap(({ rows }) => rows);
