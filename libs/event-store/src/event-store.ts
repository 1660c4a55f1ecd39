import { type Result } from '@cordboard/kernel';
import { type Checkpoint, type Job, type JobLock, type LaneInfo, type LaneMark } from './lanes.ts';
import {
  type DataKeyRecord,
  type DataSubjectRecord,
  type EventRecord,
  type StoredEvent,
  type WireRow,
} from './record.ts';
import { type Loaded, type StoredSnapshot } from './snapshot.ts';
import { type StreamTail } from './stream-tail.ts';

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

export interface ReadRange {
  /** Rows after this sequence; 0 for all. */
  readonly after?: number | undefined;
  /** Rows up to and with this sequence. */
  readonly upTo?: number | undefined;
  /** At most so many rows, the lowest first. */
  readonly limit?: number | undefined;
}

/** Rows with a wire form; at most 500 come at a time. */
export interface WireRange extends ReadRange {
  /** Stops before the rows (what they hold, and 256 a row) grow beyond so many bytes, but gives at least one. */
  readonly maxBytes: number;
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

/** Lanes, and what followers of the whole log need (design K3). */
export interface LaneStore {
  /** Opens this store's lane now, so that it has one to speak of before its first append. Throws like a read. */
  readonly openLane: () => Promise<void>;
  /** The last place of this store's lane known to be stored; null while it has no lane. */
  readonly lane: () => LaneMark | null;
  /** Lanes with a higher number, lowest first, at most 1,000. A number is never given twice. */
  readonly lanes: (after: number) => Promise<readonly LaneInfo[]>;
  /** Rows of a lane after a place, in its order; at most so many and 4 MiB, but at least one. */
  readonly readLane: (lane: number, after: number, limit: number) => Promise<readonly StoredEvent[]>;
  /**
   * Closes lanes, open for `staleMs` at least, whose worker has not beaten for `staleMs` or whose connection is
   * gone; never the lane that this store writes on. Gives where each ended, and the lanes that this store left and
   * closed itself since the last call.
   */
  readonly closeDeadLanes: (closedBy: string, staleMs: number) => Promise<readonly LaneMark[]>;
  /** What a follower of this name has seen; null before its first. */
  readonly checkpoint: (name: string) => Promise<Checkpoint | null>;
  /** Changes nothing when it is behind what is kept: a checkpoint never goes back. */
  readonly saveCheckpoint: (name: string, checkpoint: Checkpoint) => Promise<void>;
  /** Takes the lock of a job; null when another process has it. */
  readonly lock: (job: Job) => Promise<JobLock | null>;
}

/** Which worker lives and which sessions are without owner (design K8). Each call gives up after 3 s. */
export interface WorkerStore {
  /** Says that a worker lives, and the highest row version that it reads (design K22). */
  readonly beat: (workerId: string, reads: number) => Promise<void>;
  /** Takes a worker that stopped in order off the list at once. */
  readonly retire: (workerId: string) => Promise<void>;
  /**
   * Open sessions whose owner (worker of the last `OwnershipClaimed`) has not beaten for `staleMs`, or is unknown,
   * by id; without those that hold a row of a version above `reads`. With `after`, those behind this one: who pages
   * on does not look again at what it has taken.
   */
  readonly orphans: (
    staleMs: number,
    limit: number,
    reads: number,
    after?: string,
  ) => Promise<readonly Orphan[]>;
}

/** The log. One contract suite runs against every implementation. Reads throw when the log cannot be reached. */
export interface EventStore extends LaneStore, WorkerStore {
  readonly append: (append: Append) => Promise<AppendOutcome>;
  /** How full the queue of appends is: 0 idle, 1 when the next one is `overloaded`. */
  readonly pressure: () => number;
  /** Calls made at the same moment share statements, as appends do. Gives up after 3 s. */
  readonly read: (sessionId: string, range?: ReadRange) => Promise<readonly StoredEvent[]>;
  /** What was published of a session, as it goes out; shares statements and gives up as `read` does. */
  readonly readWire: (sessionId: string, range: WireRange) => Promise<readonly WireRow[]>;
  /** What is needed to own a session; shares statements and gives up as `read` does. */
  readonly load: (sessionId: string, schema: string) => Promise<Loaded>;
  /**
   * Keeps cached states; a newer one takes the place of an older one. Left out are sessions that ended and those
   * with a destroyed data key: a cache never outlives a forgotten person (design K15).
   */
  readonly saveSnapshots: (snapshots: readonly StoredSnapshot[]) => Promise<void>;
  readonly tail: (sessionId: string) => Promise<StreamTail | null>;
  readonly openSession: (tenant: string, processor: string, agentId: string) => Promise<string | null>;
  readonly sessions: (filter: {
    readonly tenant?: string | undefined;
    readonly limit: number;
  }) => Promise<readonly SessionOverview[]>;
  /** All data keys of a session, destroyed ones with `wrapped` null. */
  readonly keys: (sessionId: string) => Promise<readonly DataKeyRecord[]>;
  /** Destroys every data key tied to a person (`Vault.subject`), the ties, and cached states; says how many keys. */
  readonly forget: (tenant: string, subject: Buffer) => Promise<number>;
  /** The database's time, in ms since the epoch. */
  readonly now: () => Promise<number>;
  readonly close: () => Promise<void>;
}
