import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSafely } from 'node:tls';
import { createFrameReader, encodeFrame, type FrameIn } from '@cordboard/cti-protocol';
import { type Clock } from '@cordboard/kernel';
import { MAX_QUESTION_BYTES } from '../link/limits.ts';
import {
  CONNECT_LIMIT_MS,
  KEEP_ALIVE_MS,
  MAX_FRAME_BYTES,
  MAX_STALL_MS,
  MAX_UNSENT_BYTES,
} from './limits.ts';

/** What is needed for TLS: texts in PEM. Whom to believe (`ca`), and who one is (`cert` and `key`). */
export interface TcpTls {
  /** Default: the authorities that the system believes. */
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Name in the server's certificate; default the host. */
  readonly servername?: string | undefined;
}

/** Where Cordboard listens for adapters. */
export interface TcpAddress {
  readonly host: string;
  readonly port: number;
  /** Absent: plain TCP. */
  readonly tls?: TcpTls | undefined;
}

interface Heard {
  readonly onOpen: () => void;
  readonly onFrame: (frame: Exclude<FrameIn, { readonly kind: 'broken' }>) => void;
  /** It is over, once; or it never came about. */
  readonly onClosed: (why: string) => void;
}

/** One connection to Cordboard. */
export interface Connection {
  readonly send: (text: string) => void;
  /** Sends what waits, then closes. */
  readonly end: () => void;
  readonly destroy: (why: string) => void;
  readonly unsentFrames: () => number;
  readonly unsentBytes: () => number;
}

const connectTo = ({ host, port, tls }: TcpAddress, onOpen: () => void): Socket => {
  if (tls === undefined) return connectPlain({ host, port }, onOpen);
  const servername = tls.servername ?? (isIP(host) === 0 ? host : undefined);
  return connectSafely({ ...tls, servername, host, port }, onOpen);
};

/** Sends without letting too much wait, or for too long. */
const createSender = (socket: Socket, clock: Clock, giveUp: (why: string) => void) => {
  let unsent = 0;
  let cancelStall: (() => void) | null = null;
  const drained = (): void => {
    cancelStall?.();
    cancelStall = null;
  };
  socket.on('drain', drained);
  socket.on('close', drained);
  return {
    unsent: () => unsent,
    send: (text: string): void => {
      unsent += 1;
      const flows = socket.write(encodeFrame(text), () => (unsent -= 1));
      if (socket.writableLength > MAX_UNSENT_BYTES) giveUp('Cordboard does not take what is sent');
      else if (!flows)
        cancelStall ??= clock.after(MAX_STALL_MS, () => giveUp('Cordboard has taken nothing for a minute'));
    },
  };
};

/** Connects; whatever happens is told through `heard`. */
export const openConnection = (address: TcpAddress, clock: Clock, heard: Heard): Connection => {
  let reason = 'Cordboard closed the connection';
  let isOver = false;
  const read = createFrameReader({ maxBytes: MAX_QUESTION_BYTES, closeBytes: MAX_FRAME_BYTES });
  const socket = connectTo(address, () => {
    cancelLimit();
    heard.onOpen();
  });
  const destroy = (why: string): void => {
    reason = why;
    isOver = true;
    socket.destroy();
  };
  const cancelLimit = clock.after(CONNECT_LIMIT_MS, () => destroy('connecting took too long'));
  const sender = createSender(socket, clock, destroy);

  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on('data', (chunk) => {
    for (const frame of read(chunk)) {
      if (isOver) return;
      if (frame.kind === 'broken') destroy(frame.why);
      else heard.onFrame(frame);
    }
  });
  socket.on('error', (error) => (reason = error.message));
  socket.on('close', () => {
    cancelLimit();
    heard.onClosed(reason);
  });

  return {
    send: (text) => {
      if (!isOver) sender.send(text);
    },
    end: () => {
      isOver = true;
      socket.end();
    },
    destroy,
    unsentFrames: sender.unsent,
    unsentBytes: () => socket.writableLength,
  };
};
