/** How often an adapter says that it is there, in ms. */
export const HELLO_EVERY_MS = 5_000;
/** How often its status is repeated, in ms. */
export const STATUS_EVERY_MS = 1_000;
/** Statuses that are said at once within that time; of more than these the newest goes out with the next repetition. */
export const MAX_STATUSES = 10;
/** How often the figures of the queues go out, in ms; of those between the newest counts. */
export const QUEUES_EVERY_MS = 1_000;

/** Sessions known at once, those closed within the last ten minutes included; one more is refused. */
export const MAX_SESSIONS = 20_000;
/** Events of one session that wait for their answer; at one more all but the newest are dropped. */
export const MAX_QUEUED_EVENTS = 1_000;
/** Events of all sessions that wait, and their bytes; beyond that the longest queues are dropped. */
export const MAX_LINK_EVENTS = 50_000;
export const MAX_LINK_BYTES = 67_108_864;

/** How long an answer is kept for a repeated request, in ms (design K11). */
export const ANSWERS_KEPT_MS = 600_000;
/** Answers kept for one session; the oldest goes first. A session has far fewer requests under way. */
export const MAX_ANSWERS = 1_000;
/** Their size, in characters; the newest is kept whatever its size. Most have some two hundred. */
export const MAX_ANSWER_CHARS = 524_288;
/** Questions of one session under way at once; one more is refused. */
export const MAX_UNDER_WAY = 256;
/** Questions to the adapter as a whole under way at once, such as logins; one more is refused. */
export const MAX_CONTROL_UNDER_WAY = 1_000;
/** Repeats of one question that wait for its answer; the oldest goes first. */
export const MAX_WAITING_REPLIES = 16;
/** Bytes of a message that are left for its headers. */
export const HEADER_BYTES = 1_024;
