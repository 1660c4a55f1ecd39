/** Calls alive at once unless the house says otherwise; one more is refused with `limit`. */
export const MAX_LIVE_CALLS = 1_000;
/** Contacts alive at once; one more is refused with `limit`. */
export const MAX_LIVE_CONTACTS = 1_000;
/** Ended calls that can still be read, and as many contacts; the oldest is forgotten first. */
export const MAX_ENDED = 200;
/** Agents named in the directory and in the address books. */
export const MAX_LISTED = 500;
/** Completed work kept for each agent. */
export const MAX_COMPLETED = 8;
/** Parties on one call, those being reached included. */
export const MAX_MEMBERS = 8;
/** Channels of one agent. */
export const MAX_CHANNELS = 32;
/** Tones remembered for each side of a call. */
export const MAX_TONES = 64;
/** Attached data: keys of a call, keys below one key, length of a key and of a text in characters. */
export const MAX_DATA_KEYS = 64;
export const MAX_KEY_LENGTH = 64;
export const MAX_TEXT_LENGTH = 1_024;

/** How long the queue passes over an agent who turned a call down. */
export const AVOID_MS = 10_000;
/** How long outside parties talk when no agent is left on their call, or wait for one who does not answer. */
export const ALONE_MS = 60_000;

/** How much an agent can handle at once on the channels of a type; on any other type nothing. */
export const CAPACITY: Readonly<Record<string, number>> = { TELEPHONY: 1, CHAT: 3, EMAIL: 5, CALLBACK: 1 };
