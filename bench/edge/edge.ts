import { randomBytes } from 'node:crypto';
import { connectNats } from '@cordboard/bus';
import { type PrivateDatabase, privateNats, type StackApp } from '@cordboard/testing';
import { type Announced, type Group } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { interleaved, ratioOf } from '../harness/rounds.ts';
import { type Found, type Mode } from '../harness/row.ts';
import { writeMissedLog } from '../resume/missed-log.ts';
import { startEdge } from './edge-process.ts';
import { comeBack, type OurWorld, ringWaves } from './our-waves.ts';
import { playOwners } from './played-owners.ts';
import { type SocketIoServer, startSocketIo } from './socket-io/server-process.ts';
import { socketIoWaves } from './socket-io/waves.ts';
import { edgeSocketMemory, socketIoMemory } from './socket-memory.ts';

const ROWS = {
  ring: {
    id: 'resume/socket.io',
    title: 'missed events from the ring of the edge / Socket.IO connection state recovery, a room each',
    unit: 'x',
    better: 'higher',
  },
  broadcast: {
    id: 'resume/socket.io-broadcast',
    title: 'the same / Socket.IO where it keeps each event once: all in one room miss the same ones',
    unit: 'x',
    better: 'higher',
  },
  log: {
    id: 'resume/socket.io-log',
    title: 'the same from the log by an edge that heard nothing / Socket.IO, a room each',
    unit: 'x',
    better: 'higher',
  },
  memory: {
    id: 'memory/socket',
    title: 'memory of a socket with a session bound, in the edge',
    unit: 'bytes',
    better: 'lower',
  },
} as const satisfies Record<string, Announced>;

export interface EdgeBench {
  readonly browsers: number;
  /** Events that each missed. */
  readonly missed: number;
  readonly rounds: number;
  /** Sockets whose memory is measured, batch by batch. */
  readonly batches: number;
  readonly size: number;
}

const SIZES: Readonly<Record<Mode, Omit<EdgeBench, 'rounds'>>> = {
  quick: { browsers: 300, missed: 50, batches: 3, size: 200 },
  full: { browsers: 1_000, missed: 50, batches: 5, size: 1_000 },
  long: { browsers: 1_000, missed: 50, batches: 8, size: 1_000 },
};
const RING_MS = 120_000;

interface Contest {
  /** Hears sessions on when their browsers have left. */
  readonly hearing: StackApp;
  /** Hears nothing of what its browsers miss. */
  readonly deaf: StackApp;
  readonly peer: SocketIoServer;
  readonly world: OurWorld;
}

const perSecond = (rates: readonly number[]) => ({ figures: figuresOf(rates), unit: '/s' });
const bytes = (measured: readonly number[]) => ({ figures: figuresOf(measured), unit: 'bytes' });

/** Everybody comes back at once, here and there in turn; then the servers are started again. */
const resumed = async ({ hearing, deaf, peer, world }: Contest, rounds: number): Promise<Found> => {
  const ring = ringWaves(hearing, world);
  const theirs = socketIoWaves(peer, world.log);
  await ring.begin();
  const before = await ring.served();
  const rates = await interleaved(
    {
      ring: ring.wave,
      log: () => comeBack(deaf, world),
      'Socket.IO': theirs.roomEach,
      'Socket.IO, all in one room': theirs.oneRoom,
    },
    rounds,
  );
  const served = (await ring.served()) - before;
  if (served !== (rounds + 1) * world.log.sessions.length)
    throw new Error(`the ring served ${served} browsers only`);
  const parts = Object.fromEntries(
    Object.entries(rates).map(([name, given]) => [name, perSecond(given)] as const),
  );
  await hearing.stop();
  await hearing.start();
  await comeBack(hearing, world);
  const note = `${world.log.sessions.length} clients missed ${world.log.last - world.log.cursor} events each; ours ask the owner of their session over NATS first; with the server started again meanwhile, all of ours caught up without a gap, Socket.IO ${(await theirs.survivesRestart()) ? 'recovered, too' : 'recovered none: its adapter keeps them in memory'}`;
  return {
    rows: [
      { ...ROWS.ring, figures: ratioOf(rates.ring, rates['Socket.IO']), parts, note },
      { ...ROWS.broadcast, figures: ratioOf(rates.ring, rates['Socket.IO, all in one room']) },
      { ...ROWS.log, figures: ratioOf(rates.log, rates['Socket.IO']) },
    ],
  };
};

const sockets = async ({ deaf, peer, world }: Contest, sizes: EdgeBench): Promise<Found> => {
  const ours = await edgeSocketMemory(deaf, world.bus, sizes);
  const theirs = await socketIoMemory(peer, sizes);
  const parts = {
    resident: bytes(ours.resident),
    'Socket.IO': bytes(theirs.used),
    'Socket.IO, resident': bytes(theirs.resident),
  };
  const note = `${sizes.batches} times ${sizes.size} sockets; heap and what lives beside it after a collection, resident as the system counts it`;
  return { rows: [{ ...ROWS.memory, figures: figuresOf(ours.used), parts, note }] };
};

/** Measures the edge with real sockets; owners are played here, switch and session service take no part. */
export const measureEdge = async (database: PrivateDatabase, sizes: EdgeBench): Promise<Found> => {
  const nats = await privateNats();
  const bus = await connectNats({ url: nats.url, name: 'bench' });
  const tenantKey = randomBytes(32);
  const { browsers, missed, rounds } = sizes;
  const url = database.applicationUrl;
  const log = await writeMissedLog({ url, tenantKey, sessions: browsers, missed });
  const given = { databaseUrl: url, natsUrl: nats.url, tenantKey };
  const [hearing, deaf] = [
    await startEdge({ ...given, ringMs: RING_MS }),
    await startEdge({ ...given, ringMs: 0 }),
  ];
  const peer = startSocketIo();
  try {
    const world = { bus, owners: await playOwners(bus, log.sessions), log };
    const contest = { hearing, deaf, peer, world };
    const { rows } = await sockets(contest, sizes);
    return { rows: [...(await resumed(contest, rounds)).rows, ...rows] };
  } catch (error) {
    const said = [hearing, deaf].map((edge) => edge.log().slice(-2_000));
    throw new Error([String(error), ...said].join('\n'), { cause: error });
  } finally {
    await peer.stop();
    await Promise.all([hearing.stop(), deaf.stop()]);
    await bus.drain();
    await nats.stop();
  }
};

export const edge: Group = {
  name: 'edge',
  says: 'browsers that come back, and memory per socket, with Socket.IO beside it',
  rows: Object.values(ROWS),
  run: async ({ mode, rounds, postgres }) => {
    const database = await postgres.database();
    try {
      return await measureEdge(database, { ...SIZES[mode], rounds });
    } finally {
      await database.drop();
    }
  },
};
