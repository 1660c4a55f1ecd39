import {
  type Append,
  Appender,
  createMemoryStore,
  type EventStore,
  type Lane,
  type LaneMark,
} from '@cordboard/event-store';
import { type Database, type Session } from './database.ts';
import { type Host } from './host.ts';
import { takeLock } from './job-lock.ts';

/** Opens the lane of one host; the bugs put faulty ones in its place. */
export type OpenLane = (database: Database, host: Host) => Promise<Lane>;

const LIMITS = { maxRows: 10_000, maxBytes: 64 * 1024 * 1024 };
const READ_TIMEOUT_MS = 3_000;

/** Keeps one connection for reading, and makes another when it is lost. */
const reader = (database: Database, host: Host) => {
  let session: Session | null = null;
  const connected = (): Session => {
    if (session !== null) return session;
    const fresh = database.connect(host);
    fresh.onLost(() => {
      if (session === fresh) session = null;
    });
    session = fresh;
    return fresh;
  };
  return <T>(label: string, statement: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      const cancel = host.clock.after(READ_TIMEOUT_MS, () =>
        reject(new Error('the database does not answer')),
      );
      connected()
        .run(label, statement)
        .then((result) => result)
        .then(resolve, reject)
        .finally(cancel);
    });
};

type DbLane = Database['log']['lanes'][number] & { readonly isServed?: () => boolean };

/** Lanes whose worker does not beat, or whose connection is gone: their backends are ended, then they are closed. */
const closeDead = ({ log, now }: Database, staleMs: number): readonly LaneMark[] => {
  const since = now() - staleMs;
  const dead = log.lanes.filter((lane: DbLane) => {
    if (lane.closed || lane.openedAt >= since) return false;
    return lane.isServed?.() === false || (log.workers.get(lane.openedBy) ?? -Infinity) < since;
  });
  return dead.map((lane) => {
    lane.closed = true;
    return { lane: lane.lane, wpos: lane.rows.at(-1)?.wpos ?? 0 };
  });
};

/**
 * The log as one process sees it: the real appender over a simulated lane, the reads of the store in memory, each of
 * them a statement that takes its time and may be lost.
 */
export const createSimulatedStore = (database: Database, host: Host, openLane: OpenLane): EventStore => {
  const { log } = database;
  const server = createMemoryStore({ now: database.now, log, workerId: host.name });
  const ask = reader(database, host);
  const left: LaneMark[] = [];
  const closeLeft = (lane: number): Promise<void> =>
    ask('close left lane', async () => {
      const row = log.lanes[lane - 1];
      if (row === undefined || row.closed) return;
      row.closed = true;
      left.push({ lane, wpos: row.rows.at(-1)?.wpos ?? 0 });
    }).catch(() => undefined);
  const appender = new Appender({
    openLane: () => openLane(database, host),
    onLaneLeft: (lane) => void closeLeft(lane),
    closedBy: host.name,
    limits: LIMITS,
    now: host.clock.now,
  });
  return {
    append: (append: Append) => appender.append(append),
    pressure: () => appender.pressure,
    openLane: () => appender.open(),
    lane: () => appender.mark,
    lanes: (after) => ask('lanes', () => server.lanes(after)),
    readLane: (lane, after, limit) =>
      ask('read lane', async () =>
        (log.lanes[lane - 1]?.rows ?? []).filter(({ wpos }) => wpos > after).slice(0, limit),
      ),
    closeDeadLanes: (_closedBy, staleMs) =>
      ask('close dead lanes', async () => [...left.splice(0), ...closeDead(database, staleMs)]),
    checkpoint: (name) => ask('checkpoint', () => server.checkpoint(name)),
    saveCheckpoint: (name, checkpoint) =>
      ask('save checkpoint', () => server.saveCheckpoint(name, checkpoint)),
    lock: (job) => takeLock(database, host, () => server.lock(job)),
    read: (sessionId, range) => ask('read', () => server.read(sessionId, range)),
    readWire: (sessionId, range) => ask('read wire', () => server.readWire(sessionId, range)),
    load: (sessionId, schema) => ask('load', () => server.load(sessionId, schema)),
    saveSnapshots: (snapshots) => ask('save snapshots', () => server.saveSnapshots(snapshots)),
    tail: (sessionId) => ask('tail', () => server.tail(sessionId)),
    openSession: (...place) => ask('open session', () => server.openSession(...place)),
    sessions: (filter) => ask('sessions', () => server.sessions(filter)),
    keys: (sessionId) => ask('keys', () => server.keys(sessionId)),
    forget: (tenant, subject) => ask('forget', () => server.forget(tenant, subject)),
    now: () => ask('now', () => server.now()),
    beat: (workerId, reads) => ask('beat', () => server.beat(workerId, reads)),
    retire: (workerId) => ask('retire', () => server.retire(workerId)),
    orphans: (...given) => ask('orphans', () => server.orphans(...given)),
    close: () => appender.close(),
  };
};
