import { err, inspectJson, ok } from '@cordboard/kernel';
import { appendFault } from '../append-rules.ts';
import { type Append, type AppendError, type AppendOutcome, type OpenSession } from '../event-store.ts';
import { type Checkpoint, type Job } from '../lanes.ts';
import { type DataKeyRecord, type DataSubjectRecord, type EventRecord, type StoredEvent } from '../record.ts';
import { type StoredSnapshot } from '../snapshot.ts';

/** A row of the table of lanes, with the rows of the log that were written on it. */
export interface MemoryLane {
  readonly lane: number;
  readonly openedBy: string;
  readonly openedAt: number;
  readonly rows: StoredEvent[];
  closed: boolean;
}

/** Everything that the Postgres store keeps in tables. */
export interface MemoryLog {
  readonly streams: Map<string, StoredEvent[]>;
  readonly open: Map<string, OpenSession>;
  readonly keys: Map<string, DataKeyRecord>;
  subjects: DataSubjectRecord[];
  readonly workers: Map<string, number>;
  readonly lanes: MemoryLane[];
  readonly snapshots: Map<string, StoredSnapshot>;
  readonly checkpoints: Map<string, Checkpoint>;
  /** Locks that are held; calling one takes it away, as a lost connection does. */
  readonly jobs: Map<Job, (reason: string) => void>;
}

export const emptyLog = (): MemoryLog => ({
  streams: new Map(),
  open: new Map(),
  keys: new Map(),
  subjects: [],
  workers: new Map(),
  lanes: [],
  snapshots: new Map(),
  checkpoints: new Map(),
  jobs: new Map(),
});

const placeOf = (opens: NonNullable<Append['opens']>): string =>
  JSON.stringify([opens.tenant, opens.processor, opens.agentId]);

/** What Postgres refuses: U+0000 and lone surrogates in a JSON column. */
const isStorable = ({ data, meta }: EventRecord): boolean =>
  inspectJson(data).storable && inspectJson(meta).storable;

const isNext = (last: StoredEvent | undefined, first: EventRecord | undefined): boolean => {
  if (last === undefined) return first?.seq === 1;
  return first?.seq === last.seq + 1 && first.follows?.equals(last.hash) === true;
};

const failureOf = (log: MemoryLog, append: Append): AppendError | null => {
  const fault = appendFault(append);
  if (fault !== null) return { kind: 'refused', reason: fault };
  if (!isNext(log.streams.get(append.sessionId)?.at(-1), append.records[0])) return { kind: 'fenced' };
  if (!append.records.every(isStorable)) return { kind: 'refused', reason: 'text that cannot be stored' };
  const holder = append.opens === undefined ? undefined : log.open.get(placeOf(append.opens));
  return holder === undefined ? null : { kind: 'agent-has-session', sessionId: holder.sessionId };
};

const applyPlaces = (log: MemoryLog, { sessionId, opens, closes }: Append): void => {
  if (opens !== undefined) log.open.set(placeOf(opens), { sessionId, ...opens });
  if (closes !== true) return;
  log.snapshots.delete(sessionId);
  for (const [place, session] of log.open) if (session.sessionId === sessionId) log.open.delete(place);
};

/** Takes an append whole or not at all, at once, on a lane. Rows are copied as JSON would bring them back. */
export const appendTo = (log: MemoryLog, lane: MemoryLane, append: Append): AppendOutcome => {
  const failure = failureOf(log, append);
  if (failure !== null) return err(failure);
  const stream = log.streams.get(append.sessionId) ?? [];
  log.streams.set(append.sessionId, stream);
  const wpos = lane.rows.length + 1;
  for (const { follows: _, ...record } of append.records) {
    const { data, meta } = JSON.parse(JSON.stringify(record)) as Pick<StoredEvent, 'data' | 'meta'>;
    const row = { ...record, data, meta, lane: lane.lane, wpos: lane.rows.length + 1 };
    stream.push(row);
    lane.rows.push(row);
  }
  for (const key of append.keys) log.keys.set(key.keyId, key);
  log.subjects.push(...append.subjects);
  applyPlaces(log, append);
  return ok({ lane: lane.lane, wpos });
};
