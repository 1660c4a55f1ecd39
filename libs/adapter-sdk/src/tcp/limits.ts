/** Bytes that may wait to be sent; at one more the connection is given up. */
export const MAX_UNSENT_BYTES = 16_777_216;
/** How long Cordboard may take nothing of what is sent, in ms. */
export const MAX_STALL_MS = 60_000;
/** How long connecting may take, in ms. */
export const CONNECT_LIMIT_MS = 10_000;
/** When the system begins to ask a silent other end whether it is there, in ms. */
export const KEEP_ALIVE_MS = 10_000;
/** Questions under way at once; one more is refused. */
export const MAX_UNDER_WAY = 10_000;
/** A frame that promises more closes the connection (bridge A.2). */
export const MAX_FRAME_BYTES = 16_777_216;
