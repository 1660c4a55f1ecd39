import { type Exchange } from '../desk/stage.ts';
import { groupBy } from './group-by.ts';

/** What became of one check. */
export interface Entry {
  /** The command, event or part of the profile that it is about. */
  readonly row: string;
  readonly check: string;
  readonly status: 'ok' | 'failed' | 'not run';
  /** Only of what failed, and why something was not run. */
  readonly expected?: string;
  readonly got?: string;
}

/** A whole run. */
export interface Report<One extends Entry = Entry> {
  /** What was checked, by its address. */
  readonly url: string;
  readonly entries: readonly One[];
  readonly tookMs: number;
  /** Frames that were exchanged. */
  readonly frames: number;
  /** The success of each command, to be shown. */
  readonly exchanges: readonly Exchange[];
}

const of = (entries: readonly Entry[], status: Entry['status']): readonly Entry[] =>
  entries.filter((entry) => entry.status === status);

const rowsOf = (entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> =>
  groupBy(entries, ({ row }) => row);

const lineOf = (row: string, entries: readonly Entry[]): string => {
  const failed = of(entries, 'failed').length;
  const waiting = of(entries, 'not run').length;
  const mark = failed > 0 ? 'FAILED ' : waiting === entries.length ? 'not run' : 'ok     ';
  const counts = [
    `${of(entries, 'ok').length} ok`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(waiting > 0 ? [`${waiting} not run`] : []),
  ];
  return `${mark}  ${row}  (${counts.join(', ')})`;
};

const detailsOf = (entries: readonly Entry[]): readonly string[] => [
  ...of(entries, 'failed').flatMap(({ check, expected = '', got = '' }) => [
    `           ${check}`,
    `             expected: ${expected}`,
    `             got:      ${got}`,
  ]),
];

/** What is not run for the same reason is said once. */
const reasonsOf = (entries: readonly Entry[]): readonly string[] =>
  [...groupBy(of(entries, 'not run'), ({ expected = '' }) => expected)].map(
    ([reason, all]) => `${all.length} not run: ${reason}`,
  );

/** The report by row, for people. */
export const formatReport = ({ url, entries, tookMs, frames }: Report): string =>
  [
    ...[...rowsOf(entries)].flatMap(([row, all]) => [lineOf(row, all), ...detailsOf(all)]),
    '',
    ...reasonsOf(entries),
    `${url}: ${of(entries, 'ok').length} ok, ${of(entries, 'failed').length} failed, ` +
      `${of(entries, 'not run').length} not run; ${frames} frames in ${(tookMs / 1000).toFixed(1)} s`,
  ].join('\n');

export const hasFailed = ({ entries }: Report): boolean => of(entries, 'failed').length > 0;

/** The report for programs: rows with their checks, without the exchanges. */
export const reportAsJson = ({ exchanges: _shown, ...report }: Report): string =>
  JSON.stringify(report, null, 2);
