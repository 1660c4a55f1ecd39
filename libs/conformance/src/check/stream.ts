import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { brief, type Frame, isEvent, objectOf, textOf } from '../wire/frame.ts';
import { Mismatch } from './mismatch.ts';
import { checkEvent, isPassing } from './schemas.ts';
import { createLives, type Lives } from './lives.ts';

/** Something in a stream that must not be. */
interface Breach {
  /** The event that it is about. */
  readonly row: string;
  readonly expected: string;
  readonly got: string;
}

export interface StreamReport {
  readonly breaches: readonly Breach[];
  /** How often each event was seen. */
  readonly seen: ReadonlyMap<string, number>;
}

/** `capabilities` names every command of the object's kind, no other. */
const checkCapabilities = (frame: Frame): void => {
  if (frame.name !== 'state.updated') return;
  const { objectType, capabilities } = objectOf(frame.data);
  const listed = Object.keys(objectOf(capabilities)).sort();
  const all = CATALOGUE.commands.filter(({ kind }) => kind === objectType).map(({ name }) => name);
  if (listed.join() !== all.sort().join()) {
    throw new Mismatch(`capabilities of every command of a ${textOf(objectType)}`, listed.join(', '));
  }
};

/** `previous` is the sequence of the event before; the first known one is null or what the bind told. */
const checkChain = (frame: Frame, last: number | null): number | null => {
  const { sequence, previous } = frame;
  if (isPassing(frame)) {
    if (sequence !== previous)
      throw new Mismatch('sequence and previous alike outside the stream', brief(frame));
    return last;
  }
  if (typeof sequence !== 'number' || (previous !== null && typeof previous !== 'number')) {
    throw new Mismatch('a sequence and a previous', brief(frame));
  }
  if (previous !== last) throw new Mismatch(`previous ${String(last)}`, brief(frame));
  if (last !== null && sequence <= last) throw new Mismatch(`a sequence after ${last}`, brief(frame));
  return sequence;
};

/** Where a bind lets the stream go on: its own words, and the objects that it told. */
interface Joined {
  readonly last: number | null;
  readonly lives: Lives;
}

const joinedAt = (bound: Frame): Joined => {
  const { mode, sequence } = objectOf(bound.data);
  const last = typeof sequence === 'number' && sequence > 0 ? sequence : null;
  return { last: mode === 'resumed' ? null : last, lives: createLives(mode === 'resumed') };
};

const snapshotOf = (bound: Frame): readonly Frame[] => {
  const events = objectOf(objectOf(bound.data)['snapshot'])['events'];
  return Array.isArray(events) ? events.map((event) => objectOf(event)) : [];
};

const isBind = ({ command, result }: Frame): boolean => command === 'bindSession' && result === 'success';

/**
 * Looks at everything that one socket heard: each event against its schema, the chain of `previous`, the lives of
 * the objects and the invariants of the protocol (D6). A stream begins with the answer to a bind.
 */
export const inspectStream = (frames: readonly Frame[]): StreamReport => {
  const breaches: Breach[] = [];
  const seen = new Map<string, number>();
  let joined: Joined = { last: null, lives: createLives(false) };
  let chained = false;
  const attempt = (row: string, check: () => void): void => {
    try {
      check();
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      breaches.push({ row, expected: error.expected, got: error.got });
    }
  };
  for (const frame of frames) {
    if (isBind(frame)) {
      joined = joinedAt(frame);
      chained = objectOf(frame.data)['mode'] !== 'resumed';
      for (const told of snapshotOf(frame)) attempt('bindSession', () => joined.lives.take(told));
    }
    if (!isEvent(frame)) continue;
    const row = textOf(frame.name);
    seen.set(row, (seen.get(row) ?? 0) + 1);
    attempt(row, () => checkEvent(frame));
    attempt(row, () => checkCapabilities(frame));
    attempt(row, () => {
      const { last, lives } = joined;
      const next = chained || isPassing(frame) ? checkChain(frame, last) : Number(frame.sequence);
      chained = true;
      joined = { last: next, lives };
    });
    attempt(row, () => joined.lives.take(frame));
  }
  return { breaches, seen };
};
