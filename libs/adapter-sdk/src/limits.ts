/** How often an adapter says that it is there, in ms. */
export const HELLO_EVERY_MS = 5_000;
/** How often it repeats its status once a worker asked, in ms. */
export const STATUS_EVERY_MS = 1_000;

/** Sessions known at once, those closed within the last ten minutes included; one more is refused. */
export const MAX_SESSIONS = 20_000;
/** Events of one session that wait for their answer; at one more the queue is dropped and the session read again. */
export const MAX_QUEUED_EVENTS = 1_000;
/** Events held for one object until its first reading (bridge A7-10); at one more the oldest is dropped. */
export const MAX_HELD_EVENTS = 1_000;
/** Objects of one session for which events are held; at one more the oldest object's events are dropped. */
export const MAX_HELD_OBJECTS = 256;
/** Objects of one session remembered as disposed, so that their late events are dropped. */
export const MAX_DISPOSED_OBJECTS = 256;
/** Objects registered in one session; one more is refused. */
export const MAX_OBJECTS = 1_024;

/** Characters of a native id; a longer one is refused. */
export const MAX_NATIVE_ID = 128;

/** How long an answer is kept for a repeated request, in ms (design K11). */
export const ANSWERS_KEPT_MS = 600_000;
/** Answers kept for one session; the oldest goes first. A session has far fewer requests under way. */
export const MAX_ANSWERS = 1_000;
/** Requests of one session under way at once; one more is refused. */
export const MAX_UNDER_WAY = 256;
/** Questions to the adapter as a whole under way at once, such as logins; one more is refused. */
export const MAX_CONTROL_UNDER_WAY = 1_000;
/** Repeats of one request that wait for its answer; the oldest goes first. */
export const MAX_WAITING_REPLIES = 16;
/** After this time without an answer from its handler a request has failed, in ms (bridge A8-2). */
export const HANDLER_LIMIT_MS = 120_000;
/** How long events are held behind an answer that is still being made, in ms. */
export const ANSWER_FIRST_MS = 2_000;
/** How long a stopping adapter waits for what is under way, in ms. */
export const DRAIN_MS = 2_000;

/** What is logged when a list of the switch was cut. */
export const TOO_MUCH = 'the switch gave more than the bridge takes: the rest was left out';
