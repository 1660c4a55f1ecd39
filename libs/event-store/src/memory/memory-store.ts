import { err } from '@cordboard/kernel';
import { type EventStore } from '../event-store.ts';
import { appendTo, emptyLog, type MemoryLog } from './memory-log.ts';
import { orphansOf, overviewsOf, readFrom, tailOf } from './memory-reads.ts';

const forgetIn = (log: MemoryLog, tenant: string, subject: Buffer): number => {
  const tied = log.subjects.filter((tie) => tie.tenant === tenant && tie.subject.equals(subject));
  log.subjects = log.subjects.filter((tie) => !tied.includes(tie));
  let destroyed = 0;
  for (const { keyId } of tied) {
    const key = log.keys.get(keyId);
    if (key === undefined || key.wrapped === null) continue;
    log.keys.set(keyId, { ...key, wrapped: null });
    destroyed += 1;
  }
  return destroyed;
};

/**
 * The log in memory: the same contract as the Postgres store, for specs and for one process. `now` is its
 * clock, in ms since the epoch. Several stores over one `log` act as several processes on one database.
 */
export const createMemoryStore = (
  given: { readonly now?: (() => number) | undefined; readonly log?: MemoryLog | undefined } = {},
): EventStore => {
  const { now = Date.now, log = emptyLog() } = given;
  let closed = false;
  return {
    append: async (append) =>
      closed ? err({ kind: 'unavailable', reason: 'the store is closed' }) : appendTo(log, append),
    read: async (sessionId, range = {}) => readFrom(log, sessionId, range),
    tail: async (sessionId) => tailOf(log, sessionId),
    openSession: async (tenant, processor, agentId) =>
      log.open.get(JSON.stringify([tenant, processor, agentId]))?.sessionId ?? null,
    sessions: async (filter) => overviewsOf(log, filter),
    keys: async (sessionId) => [...log.keys.values()].filter((key) => key.sessionId === sessionId),
    forget: async (tenant, subject) => forgetIn(log, tenant, subject),
    now: async () => now(),
    beat: async (workerId) => void log.workers.set(workerId, now()),
    retire: async (workerId) => void log.workers.delete(workerId),
    orphans: async (staleMs, limit) => orphansOf(log, now() - staleMs).slice(0, limit),
    close: async () => {
      closed = true;
    },
  };
};
