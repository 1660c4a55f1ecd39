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

const rowsOf = (columns: string): string => `
SELECT ${columns} FROM events e
WHERE e.session_id = a.session_id AND e.seq > a.after AND e.seq <= a.up_to AND (NOT a.wire_only OR e.name IS NOT NULL)
ORDER BY e.seq LIMIT a.most`;

// To write JSON as text costs more than all else of a read: only what is stored compressed has to be.
const jsonBytes = (column: string): string =>
  `CASE WHEN pg_column_compression(${column}) IS NULL THEN pg_column_size(${column}) ELSE octet_length(${column}::text) END`;

/** What a row weighs in memory and on the line. */
export const ROW_BYTES = `256 + ${jsonBytes('data')} + ${jsonBytes('meta')} + coalesce(octet_length(pii), 0)`;

/** The first row comes whatever its size; those after it only while the sum stays within bounds. */
const ROWS_WITHIN = `
SELECT ${ROW_COLUMNS} FROM (
  SELECT r.*, sum(${ROW_BYTES}) OVER (ORDER BY seq) AS bytes, row_number() OVER (ORDER BY seq) AS place FROM (${rowsOf('*')}) r
) w WHERE w.place = 1 OR w.bytes <= a.max_bytes ORDER BY seq`;

const select = (rows: string): string => `
SELECT e.*, a.place::integer
FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::boolean[], $5::integer[], $6::integer[])
  WITH ORDINALITY AS a(session_id, after, up_to, wire_only, most, max_bytes, place)
CROSS JOIN LATERAL (${rows}) e`;

const READ = select(rowsOf(ROW_COLUMNS));
const READ_WITHIN = select(ROWS_WITHIN);

/** One bad number would fail the statement for all. */
const int = (value: number): number => Math.max(0, Math.min(Math.trunc(value) || 0, MAX_INT));

const mostOf = ({ limit = Infinity }: ReadRange): number => int(Math.min(limit, PAGE_ROWS));

/** How many rows a call may bring. */
export const weightOf = ({ range }: RowsCall): number => {
  const { after = 0, upTo = Infinity } = range;
  return Math.max(0, Math.min(mostOf(range), upTo - after));
};

/** One page of each range; `place` tells whose a row is, from 1 on. */
export const rowsStatement = (calls: readonly RowsCall[]): Statement => {
  const isBounded = calls.some(({ range }) => range.maxBytes !== undefined);
  return {
    name: isBounded ? 'read-within' : 'read',
    text: isBounded ? READ_WITHIN : READ,
    values: [
      calls.map(({ sessionId }) => sessionId),
      calls.map(({ range }) => int(range.after ?? 0)),
      calls.map(({ range }) => int(range.upTo ?? MAX_INT)),
      calls.map(({ range }) => range.wireOnly ?? false),
      calls.map(({ range }) => mostOf(range)),
      calls.map(({ range }) => int(range.maxBytes ?? MAX_INT)),
    ],
  };
};
