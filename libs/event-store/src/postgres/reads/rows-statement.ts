import { type ReadRange } from '../../event-store.ts';
import { type Statement } from '../ask.ts';
import { ROW_COLUMNS } from '../stored-row.ts';

/** At most so many rows of one session come with one statement. */
export const PAGE_ROWS = 500;

/** A range of one session. */
export interface RowsCall {
  readonly sessionId: string;
  readonly range: ReadRange;
}

const MAX_INT = 2_147_483_647;

const READ = `
SELECT e.*, a.place::integer
FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::integer[])
  WITH ORDINALITY AS a(session_id, after, up_to, most, place)
CROSS JOIN LATERAL (
  SELECT ${ROW_COLUMNS} FROM events e
  WHERE e.session_id = a.session_id AND e.seq > a.after AND e.seq <= a.up_to
  ORDER BY e.seq LIMIT a.most
) e`;

/** One bad number would fail the statement for all. */
export const int = (value: number): number => Math.max(0, Math.min(Math.trunc(value) || 0, MAX_INT));

const mostOf = ({ limit = Infinity }: ReadRange): number => int(Math.min(limit, PAGE_ROWS));

/** How many rows a call may bring. */
export const weightOf = ({ range }: RowsCall): number => {
  const { after = 0, upTo = Infinity } = range;
  return Math.max(0, Math.min(mostOf(range), upTo - after));
};

/** Sessions, and from where to where and how many rows of each. */
export const rangesOf = (calls: readonly RowsCall[]): readonly unknown[] => [
  calls.map(({ sessionId }) => sessionId),
  calls.map(({ range }) => int(range.after ?? 0)),
  calls.map(({ range }) => int(range.upTo ?? MAX_INT)),
  calls.map(({ range }) => mostOf(range)),
];

/** One page of each range; `place` tells whose a row is, from 1 on. */
export const rowsStatement = (calls: readonly RowsCall[]): Statement => ({
  name: 'read',
  text: READ,
  values: rangesOf(calls),
});
