import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createFrameReader, encodeFrame } from '@cordboard/cti-protocol';
import { isJsonObject } from '@cordboard/kernel';
import { setTimeout as delay } from 'node:timers/promises';
import { type Carrier, NoAdapter, type Said } from './carrier.ts';

const LIMITS = { maxBytes: 1_048_576, closeBytes: 16_777_216 };
/** Long enough for a network to send a segment away before the next. */
const BETWEEN_PIECES_MS = 25;

export interface Listening {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** The name under which the adapter has to come. */
  readonly processor: string;
}

/** The processor that an adapter says hello as; null when the frame is no hello. */
const helloIn = (text: string): string | null => {
  if (!text.includes('cti.hello')) return null;
  try {
    const frame: unknown = JSON.parse(text);
    if (!isJsonObject(frame) || !isJsonObject(frame['header']) || frame['header']['type'] !== 'cti.hello')
      return null;
    const { body } = frame;
    return isJsonObject(body) && typeof body['processor'] === 'string' ? body['processor'] : '';
  } catch {
    return null;
  }
};

const listening = async (server: Server, { host, port }: Listening): Promise<AddressInfo> => {
  server.listen(port, host);
  await once(server, 'listening').catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new NoAdapter(
      `The kit cannot listen on ${host}:${port} (${why}): give another address with --listen.`,
    );
  });
  return server.address() as AddressInfo;
};

/** Waits for connections, one at a time; a further one is closed at once. */
class Door {
  socket: Socket | null = null;
  /** Why the adapter that came is not the one that is awaited. */
  stranger: string | null = null;
  lost: (isLost: boolean) => void = () => undefined;
  #came: (() => void) | null = null;

  constructor(
    private readonly processor: string,
    private readonly say: (said: Said) => void,
  ) {}

  readonly take = (socket: Socket): void => {
    // What happens to a socket shows in what comes from it.
    socket.on('error', () => undefined);
    if (this.socket !== null) return void socket.destroy();
    this.socket = socket.setNoDelay(true);
    const read = createFrameReader(LIMITS);
    socket.on('data', (chunk) => {
      for (const frame of read(new Uint8Array(chunk))) {
        if (frame.kind === 'frame') this.#hear(frame.text);
        else this.say({ text: frame.kind === 'broken' ? frame.why : frame.head });
        if (frame.kind === 'broken') socket.destroy();
      }
    });
    socket.on('close', () => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.lost(true);
    });
    this.lost(false);
    this.#came?.();
  };

  #hear(text: string): void {
    const processor = helloIn(text);
    if (processor === null) return this.say({ text });
    if (processor !== this.processor) this.stranger = processor;
  }

  async wait(timeoutMs: number): Promise<boolean> {
    if (this.socket !== null) return true;
    const came = new Promise<void>((resolve) => (this.#came = resolve));
    return Promise.race([came.then(() => true), delay(timeoutMs, false, { ref: false })]);
  }
}

/** Listens for an adapter that speaks frames (bridge A.2). Rejects with a sentence when the address is taken. */
export const openTcpCarrier = async (at: Listening): Promise<Carrier> => {
  let listener: (said: Said) => void = () => undefined;
  const door = new Door(at.processor, (said) => listener(said));
  const server = createServer(door.take);
  const { port } = await listening(server, at);
  const where = `${at.host}:${port}`;
  const found = async (timeoutMs: number): Promise<void> => {
    const isThere = await door.wait(timeoutMs);
    if (door.stranger !== null) {
      throw new NoAdapter(
        `The adapter says hello as processor "${door.stranger}": name it with --adapter ${door.stranger}.`,
      );
    }
    if (isThere) return;
    throw new NoAdapter(
      timeoutMs === 0
        ? `The adapter has closed its connection to ${where}: see its log.`
        : `No adapter connects to ${where} within ${timeoutMs / 1_000} s: start it with that address as the bridge's (CORDBOARD_CTI_URL for one made with our kit).`,
    );
  };
  const write = async (pieces: readonly Uint8Array[]): Promise<void> => {
    for (const piece of pieces) {
      door.socket?.write(piece);
      await delay(BETWEEN_PIECES_MS);
    }
  };
  return {
    kind: 'tcp',
    where,
    found,
    hear: (next) => void (listener = next),
    send: (question) => void door.socket?.write(encodeFrame(JSON.stringify(question))),
    own: () => () => undefined,
    lost: (next) => void (door.lost = next),
    write,
    again: async (timeoutMs) => {
      const { socket } = door;
      door.socket = null;
      socket?.destroy();
      await found(timeoutMs);
    },
    close: async () => {
      door.socket?.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
