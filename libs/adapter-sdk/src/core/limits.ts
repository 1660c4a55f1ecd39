/** Sessions open at once; one more is refused. */
export const MAX_SESSIONS = 20_000;
/** Reports of one session that wait behind an answer; at one more they all go out. */
export const MAX_WAITING_REPORTS = 1_000;
/** How long reports wait behind an answer that is still being made, in ms. */
export const ANSWER_FIRST_MS = 2_000;

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

/** After this time without an answer from its handler a question has failed, in ms; before the link gives it up. */
export const HANDLER_LIMIT_MS = 115_000;
/** How often the figures of the queues go out, in ms; of those between the newest counts. */
export const QUEUES_EVERY_MS = 1_000;

/** What is logged when a list of the switch was cut. */
export const TOO_MUCH = 'the switch gave more than the bridge takes: the rest was left out';
