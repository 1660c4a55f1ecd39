import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createMemoryNetwork, type MemoryBus, type MemoryNetwork } from '@cordboard/bus';
import {
  checkBody,
  controlTarget,
  createFrameReader,
  encodeFrame,
  parseCtiMessage,
} from '@cordboard/cti-protocol';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { bridgeWorker, type HeardAnswer } from './bridge-worker.ts';

/** An event as it was heard, whatever carried it. */
export interface DeskEvent {
  readonly name: string;
  readonly target: string;
  readonly body: JsonObject;
}

interface Asking {
  readonly requestId?: string | undefined;
}

/** Plays Cordboard's part towards one adapter, in the same way over NATS and over TCP. */
interface AdapterDesk {
  readonly control: (name: string, body?: JsonObject, asking?: Asking) => Promise<HeardAnswer>;
  readonly ask: (name: string, path: string, body?: JsonObject, asking?: Asking) => Promise<HeardAnswer>;
  /** Asks and collects what is answered. */
  readonly askMany: (name: string, path: string, asking?: Asking) => readonly HeardAnswer[];
  /** The events of a session from now on. */
  readonly own: (session: string) => DeskEvent[];
  /** Everything heard, in order: `answer <name>` and `event <name>`. */
  readonly heard: readonly string[];
  /** The adapter is there. */
  readonly ready: () => Promise<void>;
  /** Settles when everything that was said so far has arrived on both sides. */
  readonly settle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

interface Where {
  readonly tenant: string;
  readonly processor: string;
  readonly instance: string;
}

/** A desk on a network of its own. */
export interface NatsDesk extends AdapterDesk {
  readonly network: MemoryNetwork;
  /** What the adapter speaks through. */
  readonly by: { readonly bus: MemoryBus };
}

const natsDesk = (where: Where): NatsDesk => {
  const network = createMemoryNetwork();
  const worker = bridgeWorker(network.connect(), where);
  return {
    ...worker,
    network,
    by: { bus: network.connect() },
    askMany: (name, path, asking = {}) => worker.askMany(name, path, asking),
    own: (session) => worker.own(session),
    ready: turns,
    settle: turns,
    close: () => Promise.resolve(),
  };
};

/** A desk that listens on a free port for an adapter, with frames as Cordboard's gateway takes them. */
export interface TcpDesk extends AdapterDesk {
  /** Where the adapter connects to. */
  readonly by: { readonly host: string; readonly port: number };
  /** Bodies of `cti.hello`, one a connection. */
  readonly hellos: readonly JsonObject[];
  /** Breaks the connection that there is. */
  readonly drop: () => void;
  /** Reads nothing for a while; the returned function goes on. */
  readonly pause: () => () => void;
  /** Sends bytes as they are. */
  readonly sendRaw: (bytes: Uint8Array) => void;
}

const PING = 'cti.query.capabilities';
const LIMITS = { maxBytes: 16_777_216, closeBytes: 16_777_216 };

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** What is heard over all connections, one after the other. */
const createEar = () => {
  const heard: string[] = [];
  const hellos: JsonObject[] = [];
  const owned = new Map<string, DeskEvent[]>();
  const waiting = new Map<string, (answer: HeardAnswer) => void>();

  const takeAnswer = (text: string, requestId: string, answer: HeardAnswer): void => {
    const name = (JSON.parse(text) as { header: { name: string } }).header.name;
    heard.push(`answer ${name}`);
    waiting.get(requestId)?.(answer);
  };
  const take = (text: string): void => {
    const raw: unknown = JSON.parse(text);
    if (isJsonObject(raw) && isJsonObject(raw.header) && raw.header.type === 'cti.hello') {
      hellos.push(isJsonObject(raw.body) ? raw.body : {});
      return;
    }
    const parsed = parseCtiMessage(text);
    if (!parsed.ok) throw new Error(`${parsed.error}: ${text}`);
    const { header, body } = parsed.value.message;
    const checked = checkBody(parsed.value.message);
    if (!checked.ok && header.result !== 'FAILURE') throw new Error(`${checked.error}: ${text}`);
    const { result = '', errorMessage = '', requestId } = header;
    if (requestId !== undefined)
      return takeAnswer(text, requestId, { answer: 'final', result, errorMessage, body });
    heard.push(`event ${header.name}`);
    owned.get(header.target.split('.')[0] ?? '')?.push({ name: header.name, target: header.target, body });
  };
  return { heard, hellos, owned, waiting, take };
};

export const tcpDesk = async ({ processor }: { readonly processor: string }): Promise<TcpDesk> => {
  const { heard, hellos, owned, waiting, take } = createEar();
  let socket: Socket | null = null;
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((connection) => {
    socket = connection;
    sockets.add(connection);
    connection.on('close', () => sockets.delete(connection));
    const read = createFrameReader(LIMITS);
    connection.on('error', () => undefined);
    connection.on('data', (chunk) => {
      for (const frame of read(chunk)) if (frame.kind === 'frame') take(frame.text);
    });
  });
  const port = await listening(server);

  const send = (name: string, target: string, body: JsonObject, asking: Asking): string => {
    count += 1;
    const requestId = asking.requestId ?? `ask-${count}`;
    const type = name.includes('.query.') ? 'cti.query' : 'cti.request';
    socket?.write(encodeFrame(JSON.stringify({ header: { type, name, target, requestId }, body })));
    return requestId;
  };
  const once = (name: string, target: string, body: JsonObject, asking: Asking): Promise<HeardAnswer> =>
    new Promise((resolve) => void waiting.set(send(name, target, body, asking), resolve));
  const ready = async (): Promise<void> => {
    while (hellos.length === 0) await turns();
  };
  /** The adapter answers in order: what was said before has arrived once it has answered. */
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 2; round += 1) {
      await once(PING, controlTarget(processor), {}, {});
      heard.splice(heard.lastIndexOf(`answer ${PING}`), 1);
      await turns();
    }
  };

  return {
    by: { host: '127.0.0.1', port },
    heard,
    hellos,
    control: (name, body = {}, asking = {}) => once(name, controlTarget(processor), body, asking),
    ask: (name, path, body = {}, asking = {}) => once(name, path, body, asking),
    askMany: (name, path, asking = {}) => {
      const answers: HeardAnswer[] = [];
      waiting.set(send(name, path, {}, asking), (answer) => void answers.push(answer));
      return answers;
    },
    own: (session) => {
      const events: DeskEvent[] = [];
      owned.set(session, events);
      return events;
    },
    ready,
    settle,
    drop: () => socket?.destroy(),
    pause: () => {
      const paused = socket;
      paused?.pause();
      return () => paused?.resume();
    },
    sendRaw: (bytes) => void socket?.write(bytes),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const open of sockets) open.destroy();
      }),
  };
};

/** A desk for either carrier. */
export const adapterDesk = async (carrier: 'NATS' | 'TCP', where: Where): Promise<NatsDesk | TcpDesk> =>
  carrier === 'NATS' ? natsDesk(where) : tcpDesk(where);
