/** A place in the order of one appender: everything of the lane up to and with `wpos` is stored. */
export interface LaneMark {
  readonly lane: number;
  readonly wpos: number;
}

/** A lane as the table of lanes shows it. */
export interface LaneInfo {
  readonly lane: number;
  /** The worker that opened it. */
  readonly openedBy: string;
  /** Nothing is written on it any more. */
  readonly closed: boolean;
  /** Its last place: for good once it is closed; 0 when nothing was written on it. */
  readonly lastWpos: number;
}

/**
 * What a follower of the whole log has seen (design K3): every lane up to and with `done` is closed and read to
 * its end; of the later ones, the last place read of each that it has read of.
 */
export interface Checkpoint {
  readonly done: number;
  readonly lanes: Readonly<Record<number, number>>;
}

/** Work that one process at a time does for all. */
export type Job = 'feed';

/** Held by one process at a time. */
export interface JobLock {
  /** Settles with the reason once the lock may belong to another; never raises. */
  readonly lost: Promise<string>;
  readonly release: () => Promise<void>;
}

/** A page of a lane: JSON of `data` and `meta`, `pii`, and 256 bytes a row. */
export const LANE_PAGE_BYTES = 4 * 1024 * 1024;
