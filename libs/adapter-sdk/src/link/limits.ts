/** Largest question taken, in bytes: larger than any of the bridge has reason to be. */
export const MAX_QUESTION_BYTES = 262_144;
/** Without an answer of the peer for so long a question has failed, in ms (bridge A8-2). */
export const ANSWER_LIMIT_MS = 120_000;
/** How long a stopping link waits for what is under way, in ms. */
export const DRAIN_MS = 2_000;
/** A lost connection is made again after 1, 2, 4 ... 30 s (bridge A.9), one to NATS after 5 s at most. */
export const FIRST_RETRY_MS = 1_000;
export const MAX_TCP_RETRY_MS = 30_000;
export const MAX_NATS_RETRY_MS = 5_000;
