import { type EventRecord } from '@cordboard/event-store';

/** Columns of the log with their types, in one order for all floors. */
export const EVENT_COLUMNS = [
  ['lane', 'integer'],
  ['wpos', 'bigint'],
  ['session_id', 'uuid'],
  ['seq', 'integer'],
  ['epoch', 'integer'],
  ['tenant', 'text'],
  ['type', 'text'],
  ['version', 'smallint'],
  ['target', 'text'],
  ['at', 'timestamptz'],
  ['name', 'text'],
  ['data', 'jsonb'],
  ['pii', 'bytea'],
  ['key_id', 'uuid'],
  ['meta', 'jsonb'],
  ['hash', 'bytea'],
] as const;

export type EventValue = string | number | Buffer | null;

/** The values of a row, as `pg` takes them. */
export const eventValues = (record: EventRecord, lane: number, wpos: number): readonly EventValue[] => [
  lane,
  wpos,
  record.sessionId,
  record.seq,
  record.epoch,
  record.tenant,
  record.type,
  record.version,
  record.target,
  new Date(record.at).toISOString(),
  record.name,
  JSON.stringify(record.data),
  record.pii,
  record.keyId,
  JSON.stringify(record.meta),
  record.hash,
];
