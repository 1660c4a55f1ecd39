/** First key of every advisory lock of ours; the second says which. */
export const LANE_LOCK = 0x636f7264;
export const JOB_LOCK = 0x636f7265;
/** Of whoever closes a lane that another one wrote. */
export const CLOSE_LOCK = 0x636f7266;

/** Second keys under `JOB_LOCK`. */
export const MIGRATE_JOB = 1;
export const PARTITION_JOB = 2;
export const FEED_JOB = 3;
/** Held shared by whoever saves cached states, alone by whoever forgets a person. */
export const SNAPSHOT_JOB = 4;
