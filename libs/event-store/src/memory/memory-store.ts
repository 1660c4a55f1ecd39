import { err } from '@cordboard/kernel';
import { type EventStore } from '../event-store.ts';
import { type JobLock } from '../lanes.ts';
import { memoryLanes, ownLane } from './memory-lanes.ts';
import { appendTo, emptyLog, type MemoryLog } from './memory-log.ts';
import { keysOf, orphansOf, overviewsOf, readFrom, readWireFrom, tailOf } from './memory-reads.ts';
import { loadFrom, saveSnapshotsIn } from './memory-snapshots.ts';

const forgetIn = (log: MemoryLog, tenant: string, subject: Buffer): number => {
  const tied = log.subjects.filter((tie) => tie.tenant === tenant && tie.subject.equals(subject));
  log.subjects = log.subjects.filter((tie) => !tied.includes(tie));
  let destroyed = 0;
  for (const { keyId } of tied) {
    const key = log.keys.get(keyId);
    if (key === undefined || key.wrapped === null) continue;
    log.keys.set(keyId, { ...key, wrapped: null });
    log.snapshots.delete(key.sessionId);
    destroyed += 1;
  }
  return destroyed;
};

interface Given {
  readonly now?: (() => number) | undefined;
  readonly log?: MemoryLog | undefined;
  readonly workerId?: string | undefined;
}

/**
 * The log in memory: the same contract as the Postgres store, for specs and for one process. `now` is its
 * clock, in ms since the epoch. Several stores over one `log` act as several processes on one database;
 * `workerId` is who opens this one's lane.
 */
export const createMemoryStore = (given: Given = {}): EventStore => {
  const { now = Date.now, log = emptyLog(), workerId = 'memory' } = given;
  const own = ownLane({ log, workerId, now });
  const held = new Set<JobLock>();
  let closed = false;
  return {
    ...memoryLanes({ log, workerId, now }, own, held),
    append: async (append) =>
      closed ? err({ kind: 'unavailable', reason: 'the store is closed' }) : appendTo(log, own.use(), append),
    pressure: () => 0,
    read: async (sessionId, range = {}) => readFrom(log, sessionId, range),
    readWire: async (sessionId, range) => readWireFrom(log, sessionId, range),
    load: async (sessionId, schema) => loadFrom(log, sessionId, schema),
    saveSnapshots: async (snapshots) => saveSnapshotsIn(log, snapshots),
    tail: async (sessionId) => tailOf(log, sessionId),
    openSession: async (tenant, processor, agentId) =>
      log.open.get(JSON.stringify([tenant, processor, agentId]))?.sessionId ?? null,
    sessions: async (filter) => overviewsOf(log, filter),
    keys: async (sessionId) => keysOf(log, sessionId),
    forget: async (tenant, subject) => forgetIn(log, tenant, subject),
    now: async () => now(),
    beat: async (worker) => void log.workers.set(worker, now()),
    retire: async (worker) => void log.workers.delete(worker),
    orphans: async (staleMs, limit, reads, after = '') =>
      orphansOf(log, now() - staleMs, reads)
        .filter(({ sessionId }) => sessionId > after)
        .slice(0, limit),
    close: async () => {
      closed = true;
      own.close();
      for (const lock of held) await lock.release();
    },
  };
};
