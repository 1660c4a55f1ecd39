import { type Clock } from '@cordboard/kernel';
import { type EventStore } from '../event-store.ts';
import { type Checkpoint, type LaneMark } from '../lanes.ts';
import { type StoredEvent } from '../record.ts';

/** What a follower reads: rows come from here and never from the wire. */
export type FollowerLog = Pick<EventStore, 'lanes' | 'readLane' | 'read'>;

/** Tells that a lane holds rows up to a place, by live publications and by beacons. */
export interface LaneSignals {
  /** Gives what ends it. */
  readonly subscribe: (onMark: (mark: LaneMark) => void) => () => void;
}

export interface FollowerOptions {
  readonly log: FollowerLog;
  readonly signals: LaneSignals;
  readonly clock: Clock;
  /** Where to go on; null reads the log from its beginning. */
  readonly from: Checkpoint | null;
  /**
   * Takes rows, each once, in order within their session; the next ones come when it is done. When it raises, the
   * same rows are given again, after a pause.
   */
  readonly onRows: (rows: readonly StoredEvent[]) => Promise<void> | void;
  /** Hears of reads that failed; they are tried again. */
  readonly onTrouble?: ((error: Error) => void) | undefined;
}

export interface Follower {
  /** What has been given, and taken, so far. */
  readonly checkpoint: () => Checkpoint;
  /** Settles when everything has been given that stood in the log when it was asked. */
  readonly caughtUp: () => Promise<void>;
  /** Settles when `onRows` is not and will not be called any more. */
  readonly stop: () => Promise<void>;
}
