import { type WireRange } from '../../event-store.ts';
import { type WireRow } from '../../record.ts';
import { type Statement } from '../ask.ts';
import { int, rangesOf } from './rows-statement.ts';

/** What was published of one session, from where to where. */
export interface WireCall {
  readonly sessionId: string;
  readonly range: WireRange;
}

// The first row comes whatever its size; those after it only while the sum stays within bounds.
const READ_WIRE = `
SELECT e.*, a.place::integer
FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::integer[], $5::integer[])
  WITH ORDINALITY AS a(session_id, after, up_to, most, max_bytes, place)
CROSS JOIN LATERAL (
  SELECT seq, tenant, type, target, at, name, data, pii, key_id, previous FROM (
    SELECT r.*, row_number() OVER (ORDER BY seq) AS line,
      sum(256 + octet_length(data) + coalesce(octet_length(pii), 0)) OVER (ORDER BY seq) AS bytes
    FROM (
      SELECT seq, tenant, type, target, date_part('epoch', at) * 1000 AS at, name, data::text AS data, pii, key_id,
        (meta ->> 'previous')::integer AS previous
      FROM events e
      WHERE e.session_id = a.session_id AND e.seq > a.after AND e.seq <= a.up_to AND e.name IS NOT NULL
      ORDER BY e.seq LIMIT a.most
    ) r
  ) w WHERE w.line = 1 OR w.bytes <= a.max_bytes ORDER BY seq
) e`;

/** One page of each range. */
export const wireStatement = (calls: readonly WireCall[]): Statement => ({
  name: 'read-wire',
  text: READ_WIRE,
  values: [...rangesOf(calls), calls.map(({ range }) => int(range.maxBytes))],
});

/** A row as `pg` reads it, column by column. */
export type ReadWireRow = readonly [
  seq: number,
  tenant: string,
  type: string,
  target: string,
  at: number,
  name: string,
  data: string,
  pii: Buffer | null,
  keyId: string | null,
  previous: number | null,
  place: number,
];

const wireRow = (row: ReadWireRow): WireRow => ({
  seq: row[0],
  tenant: row[1],
  type: row[2],
  target: row[3],
  at: Math.round(row[4]),
  name: row[5],
  data: row[6],
  pii: row[7],
  keyId: row[8],
  previous: row[9],
});

/** Gives each call its rows. */
export const wirePagesOf = (
  calls: readonly WireCall[],
  rows: readonly ReadWireRow[],
): readonly (readonly WireRow[])[] => {
  const pages: WireRow[][] = calls.map(() => []);
  for (const row of rows) pages[row[10] - 1]?.push(wireRow(row));
  return pages;
};
