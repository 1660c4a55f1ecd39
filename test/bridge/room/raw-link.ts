import { connect, type Socket } from 'node:net';
import { type LinkTo } from '@cordboard/adapter-sdk';
import { type CtiMessage } from '@cordboard/cti-protocol';

/** How the bytes of frames are handed to the network: each alone, or those of one turn in one piece. */
export type Cut = 'bytes' | 'together';

const PREFIX_BYTES = 4;

/** A frame written by hand: the number of bytes of its text, the highest first, then the text. */
const frameOf = (message: unknown): Buffer => {
  const text = Buffer.from(JSON.stringify(message), 'utf8');
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(text.length);
  return Buffer.concat([prefix, text]);
};

/** Takes whole frames off the bytes heard so far; raises when a prefix does not fit its text. */
const framesIn = (heard: Buffer): { readonly texts: readonly string[]; readonly rest: Buffer } => {
  const texts: string[] = [];
  let rest = heard;
  while (rest.length >= PREFIX_BYTES) {
    const end = PREFIX_BYTES + rest.readUInt32BE();
    if (rest.length < end) break;
    texts.push(rest.subarray(PREFIX_BYTES, end).toString('utf8'));
    rest = rest.subarray(end);
  }
  return { texts, rest };
};

const writer = (socket: Socket, cut: Cut): ((message: unknown) => void) => {
  let together: Buffer[] = [];
  return (message) => {
    const frame = frameOf(message);
    if (cut === 'bytes') {
      for (const byte of frame) socket.write(Buffer.of(byte));
      return;
    }
    together.push(frame);
    if (together.length > 1) return;
    setImmediate(() => {
      socket.write(Buffer.concat(together));
      together = [];
    });
  };
};

/** An adapter that knows the frames and nothing else, to see that the other side reads and writes them rightly. */
export const rawLink =
  ({
    port,
    processor,
    cut,
  }: {
    readonly port: number;
    readonly processor: string;
    readonly cut: Cut;
  }): LinkTo =>
  (peer) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    const write = writer(socket, cut);
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      const read = framesIn(Buffer.concat([rest, bytes]));
      rest = read.rest;
      for (const text of read.texts) peer.ask(JSON.parse(text) as CtiMessage, write);
    });
    peer.onEvent(write);
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    return {
      start: () => write({ header: { type: 'cti.hello' }, body: { processor } }),
      lost: () => void socket.destroy(),
      stop: async () => {
        socket.end();
        socket.destroy();
        await gone;
      },
      stats: () => ({
        connected: true,
        sessions: 0,
        eventsWaiting: 0,
        bytesWaiting: 0,
        questionsUnderWay: 0,
      }),
    };
  };
