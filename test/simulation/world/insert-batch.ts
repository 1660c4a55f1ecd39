import { type EncodedAppend, type SqlFailure, type StoredEvent } from '@cordboard/event-store';
import { err, ok, type Result } from '@cordboard/kernel';
import { type Database } from './database.ts';

type Lane = Database['log']['lanes'][number];

const placeOf = ({ append }: EncodedAppend): string | null =>
  append.opens === undefined
    ? null
    : JSON.stringify([append.opens.tenant, append.opens.processor, append.opens.agentId]);

/** The rules of the one statement: what follows must stand, places must be free, agents have one session. */
const meetsKey = (log: Database['log'], appends: readonly EncodedAppend[]): boolean => {
  const ends = new Map<string, { readonly seq: number; readonly hash: Buffer }>();
  const places = new Set<string>();
  for (const append of appends) {
    const first = append.rows[0]?.record;
    const last = append.rows.at(-1)?.record;
    if (first === undefined || last === undefined) return true;
    const before = ends.get(append.sessionId) ?? log.streams.get(append.sessionId)?.at(-1);
    if (first.seq !== (before?.seq ?? 0) + 1) return true;
    if (before !== undefined && first.follows?.equals(before.hash) !== true) return true;
    ends.set(append.sessionId, last);
    const place = placeOf(append);
    if (place === null) continue;
    if (log.open.has(place) || places.has(place)) return true;
    places.add(place);
  }
  return false;
};

const applyExtras = ({ log }: Database, encoded: EncodedAppend): void => {
  const { sessionId, append } = encoded;
  const place = placeOf(encoded);
  if (place !== null && append.opens !== undefined) log.open.set(place, { sessionId, ...append.opens });
  for (const key of append.keys) log.keys.set(key.keyId, key);
  log.subjects.push(...append.subjects);
  if (append.closes !== true) return;
  log.snapshots.delete(sessionId);
  for (const [taken, open] of log.open) if (open.sessionId === sessionId) log.open.delete(taken);
};

/** Writes rows as they come, whatever stands there. Faulty databases of the bugs use it too. */
export const insertRows = (database: Database, lane: Lane, wpos: number, append: EncodedAppend): void => {
  const { log } = database;
  const stream = log.streams.get(append.sessionId) ?? [];
  log.streams.set(append.sessionId, stream);
  append.rows.forEach(({ record: { follows: _, ...record }, data, meta }, index) => {
    const row = {
      ...record,
      data: JSON.parse(data) as StoredEvent['data'],
      meta: JSON.parse(meta) as StoredEvent['meta'],
      lane: lane.lane,
      wpos: wpos + index,
    };
    stream.push(row);
    lane.rows.push(row);
    database.noteStored(row.sessionId, row.seq);
  });
  applyExtras(database, append);
};

const refused = new WeakMap<EncodedAppend, boolean>();

/** A row that the database refuses once it refuses always. */
const isRefused = (database: Database, append: EncodedAppend): boolean => {
  const known = refused.get(append) ?? !database.takes(append);
  refused.set(append, known);
  return known;
};

/** One batch, whole or not at all; gives the place of each append's first row. */
export const insertBatch = (
  database: Database,
  lane: Lane,
  wpos: number,
  appends: readonly EncodedAppend[],
): Result<readonly number[], SqlFailure> => {
  if (appends.filter((append) => isRefused(database, append)).length > 0)
    return err({ kind: 'row', reason: 'a row was refused' });
  if (meetsKey(database.log, appends)) return err({ kind: 'key', reason: 'a key was met' });
  let next = wpos + 1;
  const places: number[] = [];
  for (const append of appends) {
    places.push(next);
    insertRows(database, lane, next, append);
    next += append.rows.length;
  }
  return ok(places);
};
