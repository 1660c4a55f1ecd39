import { CLOSE_CODES, MAX_OUTGOING_BYTES } from '@cordboard/agent-protocol';
import { type Clock } from '@cordboard/kernel';
import { type WebSocket } from 'ws';

/** What leaves on one socket. After `close` nothing does. */
export interface Outbox {
  readonly send: (text: string) => void;
  readonly ping: () => void;
  readonly close: (code: number, reason: string) => void;
}

/** The stream below a WebSocket. */
export interface Corkable {
  readonly cork: () => void;
  readonly uncork: () => void;
}

const OPEN = 1;
/** A peer that does not answer the close frame is cut off then. */
const CLOSE_GRACE_MS = 2_000;

/** Lets everything that is sent in one turn leave with one write: a write for each frame costs more than the frames. */
const inOneWrite = (line: Corkable | undefined) => {
  let corked = false;
  const flush = (): void => {
    if (corked) line?.uncork();
    corked = false;
  };
  const gather = (): void => {
    if (corked || line === undefined) return;
    corked = true;
    line.cork();
    process.nextTick(flush);
  };
  return { gather, flush };
};

/** A browser that does not read its frames fills the buffer of this process; it is sent away before that hurts. */
export const createOutbox = (
  socket: WebSocket,
  clock: Clock,
  onSlow: () => void,
  line?: Corkable,
): Outbox => {
  const { gather, flush } = inOneWrite(line);
  const close: Outbox['close'] = (code, reason) => {
    if (socket.readyState !== OPEN) return;
    socket.close(code, reason);
    flush();
    const cancel = clock.after(CLOSE_GRACE_MS, () => socket.terminate());
    socket.once('close', cancel);
  };
  return {
    close,
    send: (text) => {
      if (socket.readyState !== OPEN) return;
      gather();
      socket.send(text);
      if (socket.bufferedAmount <= MAX_OUTGOING_BYTES) return;
      onSlow();
      close(CLOSE_CODES.tooSlow.code, CLOSE_CODES.tooSlow.reason);
    },
    ping: () => {
      if (socket.readyState === OPEN) socket.ping();
    },
  };
};
