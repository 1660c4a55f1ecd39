import { connect, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import {
  answerSuccess,
  createFrameReader,
  type CtiMessage,
  encodeFrame,
  MAX_MESSAGE_BYTES,
} from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { eventually } from './eventually.ts';

/** An adapter without any library: a socket, and the frames that come and go. */
export interface FrameClient {
  readonly socket: Socket;
  /** Everything heard, in order. */
  readonly heard: CtiMessage[];
  /** Waits for a question of that name that was not waited for before. */
  readonly question: (name: string) => Promise<CtiMessage>;
  readonly say: (message: object) => void;
  readonly sayText: (text: string) => void;
  readonly sayBytes: (bytes: Uint8Array) => void;
  readonly event: (name: string, target: string, body?: JsonObject) => void;
  /** Waits for a question and says that it was carried out. */
  readonly accept: (name: string, body?: JsonObject) => Promise<CtiMessage>;
  /** Settles when the connection is closed. */
  readonly closed: Promise<void>;
  readonly close: () => void;
}

export interface FrameClientOptions {
  /** Connects with TLS. */
  readonly tls?: ConnectionOptions | undefined;
}

/** Connects to a port of this machine; what is said waits until it is open. */
export const frameClient = (port: number, { tls }: FrameClientOptions = {}): FrameClient => {
  const where = { host: '127.0.0.1', port };
  const socket = tls === undefined ? connect(where) : connectTls({ ...where, ...tls });
  const heard: CtiMessage[] = [];
  const waitedFor = new Set<CtiMessage>();
  const read = createFrameReader({ maxBytes: MAX_MESSAGE_BYTES, closeBytes: MAX_MESSAGE_BYTES });

  socket.setNoDelay(true);
  socket.on('data', (chunk: Uint8Array) => {
    for (const frame of read(chunk)) {
      if (frame.kind === 'frame') heard.push(JSON.parse(frame.text) as CtiMessage);
    }
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));

  const sayBytes = (bytes: Uint8Array): void => void socket.write(bytes);
  const sayText = (text: string): void => sayBytes(encodeFrame(text));
  const say = (message: object): void => sayText(JSON.stringify(message));
  const question = (name: string): Promise<CtiMessage> =>
    eventually(() => {
      const found = heard.find((one) => one.header.name === name && !waitedFor.has(one));
      if (found !== undefined) waitedFor.add(found);
      return found;
    });

  return {
    socket,
    heard,
    question,
    say,
    sayText,
    sayBytes,
    event: (name, target, body = {}) => say({ header: { type: 'cti.event', name, target }, body }),
    accept: async (name, body = {}) => {
      const asked = await question(name);
      say(answerSuccess(asked, body));
      return asked;
    },
    closed,
    close: () => void socket.destroy(),
  };
};
