/** Calls alive at once; one more is refused with `limit`. */
export const MAX_LIVE_CALLS = 1_000;
/** Ended calls that can still be read; the oldest is forgotten first. */
export const MAX_ENDED_CALLS = 200;
/** Legs kept for each agent, the live one included. */
export const MAX_LEGS = 8;
/** Tones remembered for each side of a call. */
export const MAX_TONES = 64;
/** Attached data: keys of a call, keys below one key, length of a key and of a text in characters. */
export const MAX_DATA_KEYS = 64;
export const MAX_KEY_LENGTH = 64;
export const MAX_TEXT_LENGTH = 1_024;

/** How long the queue passes over an agent who turned a call down. */
export const AVOID_MS = 10_000;
