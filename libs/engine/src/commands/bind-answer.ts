import { recoveryEvents } from '@cordboard/domain';
import { type JsonObject } from '@cordboard/kernel';
import { toRecord } from '@cordboard/translation';
import { type SessionMemory } from '../session/session-memory.ts';

/** A browser that missed more than so many sequences starts afresh from a snapshot. */
const MAX_RESUMED = 10_000;

/** The object events that a recovery at session.start would send now (design section 4). */
const snapshotOf = ({ state, head }: SessionMemory): JsonObject => {
  const events = recoveryEvents(state).map((event) => {
    const { target, name, data } = toRecord(event, state);
    return { messageType: 'objectEvent', target, name, data };
  });
  return { sequence: head.wireSeq ?? 0, events };
};

/** Whether a browser that has everything up to `cursor` can go on from there. */
const resumable = (cursor: unknown, last: number): boolean =>
  typeof cursor === 'number' && cursor >= 0 && cursor <= last && last - cursor <= MAX_RESUMED;

/** What a desktop that just bound is told (design section 7): go on from your cursor, or start from this. */
export const bindAnswer = (memory: SessionMemory, cursor: unknown): JsonObject => {
  const sequence = memory.head.wireSeq ?? 0;
  const started = memory.state.phase === 'STARTED' || memory.state.phase === 'LOGGING_OUT';
  return resumable(cursor, sequence)
    ? { mode: 'resumed', sequence, started }
    : { mode: 'reset', sequence, started, snapshot: snapshotOf(memory) };
};
