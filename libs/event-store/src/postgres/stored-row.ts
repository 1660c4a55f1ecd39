import { type EventMeta, type JsonObject } from '@cordboard/kernel';
import { type StoredEvent } from '../record.ts';

/** What is read of a row, in the order of `StoredRow`. */
export const ROW_COLUMNS = `session_id, seq, lane, wpos, epoch, tenant, type, version, target,
  date_part('epoch', at) * 1000 AS at, name, data, pii, key_id, meta, hash`;

/** A row as `pg` reads it, column by column. */
export type StoredRow = readonly [
  sessionId: string,
  seq: number,
  lane: number,
  wpos: string,
  epoch: number,
  tenant: string,
  type: string,
  version: number,
  target: string,
  at: number,
  name: string | null,
  data: JsonObject,
  pii: Buffer | null,
  keyId: string | null,
  meta: EventMeta,
  hash: Buffer,
  ...rest: readonly unknown[],
];

// Written out: copying the rest of an object would make each row a slow and large one.
export const storedEvent = (row: StoredRow): StoredEvent => ({
  sessionId: row[0],
  seq: row[1],
  epoch: row[4],
  tenant: row[5],
  type: row[6],
  version: row[7],
  target: row[8],
  at: Math.round(row[9]),
  name: row[10],
  data: row[11],
  pii: row[12],
  keyId: row[13],
  meta: row[14],
  hash: row[15],
  lane: row[2],
  wpos: Number(row[3]),
});
