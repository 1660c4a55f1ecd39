import { type Result } from '@cordboard/kernel';
import { type DataKeyRecord, type DataSubjectRecord, type EventRecord, type StoredEvent } from './record.ts';

/** Consecutive records of one session, written whole or not at all. */
export interface Append {
  readonly sessionId: string;
  /** In order, without a hole; the first builds on the last stored one (`follows`), whatever its sequence. */
  readonly records: readonly EventRecord[];
  readonly keys: readonly DataKeyRecord[];
  readonly subjects: readonly DataSubjectRecord[];
  /** With a session's first records: takes the place of the agent's one live session. */
  readonly opens?:
    { readonly tenant: string; readonly processor: string; readonly agentId: string } | undefined;
  /** With a session's last record: gives that place back. */
  readonly closes?: boolean | undefined;
}

/** Where records came to stand: `wpos` of the first one; the others follow. */
export interface Appended {
  readonly lane: number;
  readonly wpos: number;
}

/**
 * Why nothing was stored.
 * `fenced`: another owner wrote first, or an append before this one failed: the caller's state is stale. `agent-has-session`: the agent has a live
 * session already. `refused`: the database will not take a row (poison). `unavailable`: nothing could be sent.
 * `unknown`: sent, but the answer was lost; it may or may not stand in the log. `overloaded`: too much waits.
 */
export type AppendError =
  | { readonly kind: 'fenced' }
  | { readonly kind: 'agent-has-session'; readonly sessionId: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }
  | { readonly kind: 'overloaded' };

export type AppendOutcome = Result<Appended, AppendError>;

/** The last row of a stream. */
export interface StreamTail {
  readonly tenant: string;
  readonly seq: number;
  readonly epoch: number;
  /** A session whose place in `open_sessions` was given back; nothing is appended to it any more. */
  readonly closed: boolean;
  /** The highest row version in the stream (design K22). */
  readonly version: number;
}

export interface ReadRange {
  /** Rows after this sequence; 0 for all. */
  readonly after?: number | undefined;
  /** Rows up to and with this sequence. */
  readonly upTo?: number | undefined;
  /** Rows with a wire form only. */
  readonly wireOnly?: boolean | undefined;
  /** At most so many rows, the lowest first. */
  readonly limit?: number | undefined;
}

/** A live session as `open_sessions` lists it. */
export interface OpenSession {
  readonly sessionId: string;
  readonly tenant: string;
  readonly processor: string;
  readonly agentId: string;
}

/** A live session whose owner does not beat. */
export interface Orphan extends OpenSession {
  /** Epoch of its last `OwnershipClaimed`; null without one. */
  readonly epoch: number | null;
}

/**
 * A line of the overview of sessions, open ones first, newest first. `processor` and `agentId` are what the
 * first row's data says of them (`processor`, `agent.id`), null where it does not.
 */
export interface SessionOverview {
  readonly sessionId: string;
  readonly tenant: string;
  readonly processor: string | null;
  readonly agentId: string | null;
  readonly open: boolean;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly events: number;
}

/** The log. One contract suite runs against every implementation. */
export interface EventStore {
  readonly append: (append: Append) => Promise<AppendOutcome>;
  readonly read: (sessionId: string, range?: ReadRange) => Promise<readonly StoredEvent[]>;
  readonly tail: (sessionId: string) => Promise<StreamTail | null>;
  readonly openSession: (tenant: string, processor: string, agentId: string) => Promise<string | null>;
  readonly sessions: (filter: {
    readonly tenant?: string | undefined;
    readonly limit: number;
  }) => Promise<readonly SessionOverview[]>;
  /** All data keys of a session, destroyed ones with `wrapped` null. */
  readonly keys: (sessionId: string) => Promise<readonly DataKeyRecord[]>;
  /** Destroys every data key tied to a person (`Vault.subject`) and the ties; says how many keys. */
  readonly forget: (tenant: string, subject: Buffer) => Promise<number>;
  /** The database's time, in ms since the epoch. */
  readonly now: () => Promise<number>;
  /** Says that a worker lives. */
  readonly beat: (workerId: string) => Promise<void>;
  /** Takes a worker that stopped in order off the list at once. */
  readonly retire: (workerId: string) => Promise<void>;
  /** Open sessions whose owner (worker of the last `OwnershipClaimed`) has not beaten for `staleMs`, or is unknown. */
  readonly orphans: (staleMs: number, limit: number) => Promise<readonly Orphan[]>;
  readonly close: () => Promise<void>;
}
