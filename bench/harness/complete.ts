import { type Announced } from './context.ts';
import { notRun, type Mode, type Row } from './row.ts';
import { type AbsentDisks } from './settings.ts';
import { keyOf } from './verdict.ts';

export interface Circumstances {
  readonly mode: Mode;
  readonly absent: AbsentDisks;
  /** Why the group ended before it had given all its rows; null when it did not. */
  readonly failure: string | null;
}

/** The rows that were given and, as not run, those that were announced and did not come. */
export const completeRows = (
  announced: readonly Announced[],
  given: readonly Row[],
  { mode, absent, failure }: Circumstances,
): readonly Row[] => {
  const came = new Set(given.map(keyOf));
  const elsewhere = mode === 'quick' ? 'only in the full run' : `not in the ${mode} run`;
  const reason = ({ disk }: Announced): string =>
    (disk === undefined ? undefined : absent[disk]) ?? failure ?? elsewhere;
  return [
    ...given,
    ...announced.filter((row) => !came.has(keyOf(row))).map((row) => notRun(row, reason(row))),
  ];
};
