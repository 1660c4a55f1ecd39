import { type StoredEvent } from '@cordboard/event-store';
import { type ClientLog } from '../load/client-log.ts';

/** Something that the adapter did at the switch, as it wrote it down. */
export interface Effect {
  readonly at: number;
  readonly name: string;
  readonly target: string;
  readonly requestId: string;
  readonly epoch: number | null;
  readonly incarnation: string | null;
}

/** A row as a follower was given it. */
export type Followed = Pick<StoredEvent, 'sessionId' | 'seq' | 'hash'>;

/** A row as it stands in the durable feed. */
export type Fed = Pick<StoredEvent, 'sessionId' | 'seq'>;

/** What is seen of a session's objects, by target: what the owner's memory says, and what its rows fold to. */
export interface Seen {
  readonly session: string;
  readonly sequence: number;
  readonly memory: Readonly<Record<string, unknown>>;
  readonly fold: Readonly<Record<string, unknown>>;
}

/** A request to the switch that has no outcome though its time is over. */
export interface Waiting {
  readonly session: string;
  readonly what: string;
}

/** The three independent records of a run, and what followers and fresh clients made of them. */
export interface Records {
  /** Of each session, in order; read by plain SQL. */
  readonly sessions: ReadonlyMap<string, readonly StoredEvent[]>;
  readonly clients: readonly ClientLog[];
  readonly effects: readonly Effect[];
  readonly followed: readonly Followed[];
  readonly fed: readonly Fed[];
  readonly seen: readonly Seen[];
  readonly waiting: readonly Waiting[];
}

/** A promise that was not kept: which, of what session, where, and what contradicts it. */
export interface Violation {
  readonly invariant: string;
  readonly session: string;
  readonly seq: number | null;
  readonly what: string;
}

/** Looks for what contradicts one promise. */
export type Invariant = (records: Records) => readonly Violation[];

/** Says a violation of this invariant. */
export const violationOf =
  (invariant: string) =>
  (session: string, seq: number | null, what: string): Violation => ({ invariant, session, seq, what });

/** The same things by what they have in common, in their order. */
export const groupedBy = <T>(
  items: Iterable<T>,
  key: (item: T) => string,
): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
};
