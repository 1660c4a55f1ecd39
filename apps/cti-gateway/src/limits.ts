/** Largest frame that is skipped; a larger one closes the connection (bridge A.2). */
export const CLOSE_BYTES = 16_777_216;
/** What the headers of a message need beside its body on NATS. */
export const HEADER_ROOM_BYTES = 4_096;

/** How long somebody who may come without a hello is waited for, in ms. */
export const HELLO_MS = 250;
/** How long anybody else has for a hello, in ms. */
export const STRANGER_MS = 5_000;
/** How long a TLS handshake may take, in ms. */
export const HANDSHAKE_MS = 5_000;
/** Connections at once, those not admitted yet included; one more is closed. */
export const MAX_CONNECTIONS = 256;

/** Bytes that wait because the client does not read; more close the connection. */
export const MAX_UNWRITTEN_BYTES = 4_194_304;
/** Messages that wait for the same reason. */
export const MAX_UNWRITTEN_MESSAGES = 10_000;
/** How long a client may read nothing while something waits, in ms. */
export const DRAIN_LIMIT_MS = 30_000;

/** Silence after which a client is asked for its status, and after as much again is closed, in ms. */
export const SILENCE_MS = 15_000;
/** How long a client has to answer when another one comes in its place, in ms. */
export const RIVAL_MS = 2_000;

/** Questions to a client without an answer; one more is refused. */
export const MAX_QUESTIONS = 10_000;
/** After this time without an answer a question has failed, in ms (bridge A8-2). */
export const ANSWER_LIMIT_MS = 120_000;

/** Events that wait for their owners; at so many nothing more is read from the client, at half as many it is again. */
export const MAX_WAITING_EVENTS = 20_000;
/** The same in bytes. */
export const MAX_WAITING_BYTES = 33_554_432;
/** How much is read between two looks at how many wait. */
export const LOOK_EVERY_BYTES = 65_536;
/** How often a client that is not read is looked at, in ms. */
export const PAUSE_MS = 50;

/** How long a client has to answer that the gateway stops, in ms. */
export const FAREWELL_MS = 5_000;
/** How long the last bytes to a client may take, in ms. */
export const CLOSING_MS = 500;

/** Lines of the log about one client's messages in `LOG_WINDOW_MS`; more are left out, all are counted. */
export const LOG_WINDOW_LINES = 20;
export const LOG_WINDOW_MS = 10_000;

/** How long after a failure the gateway connects to NATS again, in ms. */
export const NATS_AGAIN_MS = 1_000;
