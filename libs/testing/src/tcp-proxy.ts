import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Which way bytes go: from who connected, or back. */
export type Way = 'toServer' | 'toClient';

/** A line between clients and a server that can be broken in each direction; whatever protocol runs over it. */
export interface TcpProxy {
  readonly port: number;
  /** How many connections there are. */
  readonly connections: number;
  /** Bytes that were handed on so far. */
  readonly bytes: Readonly<Record<Way, number>>;
  /** Bytes vanish, and so does the end of a connection: neither side hears that anything is wrong. */
  readonly cut: (way?: Way) => void;
  /** Bytes are held, and handed on by `heal`. */
  readonly stall: (way?: Way) => void;
  /** Bytes from now on come later, in order. */
  readonly delay: (ms: number, way?: Way) => void;
  /** Everything flows again; a connection that lost bytes is ended, since a stream with a hole means nothing. */
  readonly heal: () => void;
  /** Ends every connection at once, towards both sides. */
  readonly sever: () => void;
  /** Whether new connections are ended at once. */
  readonly refuse: (refused: boolean) => void;
  /** Ends everything, and waits. */
  readonly close: () => Promise<void>;
}

/** What one direction does with bytes now, for all connections. */
interface Weather {
  mode: 'flow' | 'cut' | 'stall';
  delayMs: number;
  passed: number;
}

type Passing = Buffer | 'end' | 'gone';

/** What a sender may have on the way before it is no longer read, as with a full window. */
const MAX_HELD = 4 * 1024 * 1024;

interface Lane {
  readonly release: () => void;
  readonly stop: () => void;
  readonly isHoled: () => boolean;
}

const handOn = (to: Socket, weather: Weather, passing: Passing): void => {
  if (to.destroyed) return;
  if (passing === 'gone') return void to.destroy();
  if (passing === 'end') return void to.end();
  weather.passed += passing.length;
  to.write(passing);
};

const createLane = (from: Socket, to: Socket, weather: Weather): Lane => {
  const held: { readonly passing: Passing; readonly due: number }[] = [];
  let heldBytes = 0;
  let isHoled = false;
  let timer: NodeJS.Timeout | undefined;

  const release = (): void => {
    clearTimeout(timer);
    for (let next = held[0]; next !== undefined && weather.mode !== 'stall'; next = held[0]) {
      const wait = next.due - performance.now();
      if (wait > 0) return void (timer = setTimeout(release, wait));
      if (to.writableNeedDrain && !to.destroyed) return;
      held.shift();
      if (typeof next.passing !== 'string') heldBytes -= next.passing.length;
      handOn(to, weather, next.passing);
    }
    if (heldBytes < MAX_HELD) from.resume();
  };
  const take = (passing: Passing): void => {
    if (weather.mode === 'cut') return void (isHoled = true);
    held.push({ passing, due: performance.now() + weather.delayMs });
    if (typeof passing !== 'string') heldBytes += passing.length;
    if (heldBytes >= MAX_HELD) from.pause();
    release();
  };
  from.on('data', (chunk: Buffer) => take(chunk));
  from.on('end', () => take('end'));
  from.on('error', () => undefined);
  from.on('close', () => take('gone'));
  to.on('drain', release);
  return { release, stop: () => clearTimeout(timer), isHoled: () => isHoled };
};

interface Line {
  readonly sockets: readonly Socket[];
  readonly lanes: readonly Lane[];
}

const end = ({ sockets, lanes }: Line): void => {
  for (const lane of lanes) lane.stop();
  for (const socket of sockets) socket.destroy();
};

/** Listens on a free port of this machine for what is meant for `port`. Close it in `afterEach` or `afterAll`. */
export const tcpProxy = async (port: number, host = '127.0.0.1'): Promise<TcpProxy> => {
  const weather: Record<Way, Weather> = {
    toServer: { mode: 'flow', delayMs: 0, passed: 0 },
    toClient: { mode: 'flow', delayMs: 0, passed: 0 },
  };
  const ways = (way?: Way): readonly Weather[] =>
    way === undefined ? Object.values(weather) : [weather[way]];
  const lines = new Set<Line>();
  let isRefusing = false;

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (isRefusing) return void client.on('error', () => undefined).destroy();
    const upstream = connect({ port, host, allowHalfOpen: true, noDelay: true });
    const lanes = [
      createLane(client, upstream, weather.toServer),
      createLane(upstream, client, weather.toClient),
    ];
    const line = { sockets: [client, upstream], lanes };
    lines.add(line);
    const forget = (): void => {
      if (client.destroyed && upstream.destroyed) lines.delete(line);
    };
    client.on('close', forget);
    upstream.on('close', forget);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const sever = (): void => lines.forEach(end);
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return lines.size;
    },
    get bytes() {
      return { toServer: weather.toServer.passed, toClient: weather.toClient.passed };
    },
    cut: (way) => ways(way).forEach((one) => void (one.mode = 'cut')),
    stall: (way) => ways(way).forEach((one) => void (one.mode = 'stall')),
    delay: (ms, way) => ways(way).forEach((one) => void (one.delayMs = ms)),
    heal: () => {
      ways().forEach((one) => Object.assign(one, { mode: 'flow', delayMs: 0 }));
      for (const line of lines) {
        if (line.lanes.some((lane) => lane.isHoled())) end(line);
        else for (const lane of line.lanes) lane.release();
      }
    },
    sever,
    refuse: (refused) => void (isRefusing = refused),
    close: async () => {
      server.close();
      sever();
      if (server.listening || lines.size > 0) await once(server, 'close');
    },
  };
};
