import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type Frame } from '../../e2e/support/desktop.ts';

/** One socket of a client. */
export interface ClientLine {
  readonly send: (frame: object) => void;
  /** The response of this id; null when the socket closes or nothing comes in time. */
  readonly response: (requestId: string, timeoutMs: number) => Promise<Frame | null>;
  /** Settles with the close code. */
  readonly closed: Promise<number>;
  readonly leave: () => void;
  /** Reads nothing; the returned function goes on. */
  readonly stopReading: () => () => void;
}

const OPEN_MS = 5_000;

/** Opens a socket; raises when none comes about in time. */
export const openLine = async (
  door: string,
  token: string,
  onFrame: (frame: Frame, line: ClientLine) => void,
): Promise<ClientLine> => {
  const url = `${door.replace(/^http/, 'ws')}/agent`;
  const socket = new WebSocket(url, ['cordboard.v1', `bearer.${token}`], { handshakeTimeout: OPEN_MS });
  const waiting = new Map<string, (frame: Frame) => void>();
  let failure = '';
  socket.on('error', (error) => (failure = error.message));
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  const line: ClientLine = {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
    },
    response: async (requestId, timeoutMs) => {
      const answered = new Promise<Frame>((resolve) => void waiting.set(requestId, resolve));
      const end = new AbortController();
      const late = delay(timeoutMs, null, { signal: end.signal }).catch(() => null);
      const first = await Promise.race([answered, closed.then(() => null), late]);
      end.abort();
      waiting.delete(requestId);
      return first;
    },
    closed,
    leave: () => socket.terminate(),
    stopReading: () => {
      socket.pause();
      return () => socket.resume();
    },
  };
  socket.on('message', (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.result !== undefined) waiting.get(frame.requestId ?? '')?.(frame);
    onFrame(frame, line);
  });
  await Promise.race([once(socket, 'open').catch(() => undefined), closed]);
  if (socket.readyState !== WebSocket.OPEN) throw new Error(`no socket: ${failure}`);
  return line;
};
