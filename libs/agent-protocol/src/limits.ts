/** Bounds of the WebSocket profile. At each, what happens is defined; see the close codes and failure codes. */

/** Largest text frame in bytes; a larger one closes the connection with 1009. */
export const MAX_FRAME_BYTES = 65_536;
/** Deepest nesting of a request; a deeper one is answered `MALFORMED_REQUEST`. */
export const MAX_JSON_DEPTH = 16;
/** Commands per second and connection, and how many at once after a pause; more closes with 4429. */
export const COMMANDS_PER_SECOND = 50;
export const COMMAND_BURST = 100;
/** Unanswered commands per connection; one more is answered `TOO_MANY_REQUESTS`. */
export const MAX_UNANSWERED = 64;
/** Bytes waiting to be sent to a browser; more closes with 4008. */
export const MAX_OUTGOING_BYTES = 1_048_576;
/** Patterns of one `observe`. */
export const MAX_OBSERVED_PATTERNS = 4;
/** Between two heartbeats. */
export const HEARTBEAT_MS = 15_000;
/** A client that gave no sign of life for so long is dropped with 4408. */
export const SILENT_CLIENT_MS = 45_000;
