import { type BusMessage, connectNats, type NatsBusWithFeed, OWNERS_QUEUE, subjects } from '@cordboard/bus';
import { createWorker, type Worker } from '@cordboard/engine';
import { createPostgresStore, createVault, type EventStore } from '@cordboard/event-store';
import { systemClock, systemIds } from '@cordboard/runtime';
import { privateNats } from '@cordboard/testing';
import { openSeats } from '../failover/seats.ts';
import { type Context } from '../harness/context.ts';
import { figuresOf, microseconds } from '../harness/figures.ts';
import { closedLoop, interleaved, ratioOf } from '../harness/rounds.ts';
import { type Row } from '../harness/row.ts';
import { ANNOUNCED } from './announced.ts';
import { startAdapter } from './engine-chain.ts';
import { connectBare, headersOf } from './nats.ts';
import { type Stage } from './stage.ts';

const silent = (): void => undefined;

/** The store, and when its last append was answered. */
const watched = (store: EventStore) => {
  const seen = { committedUs: 0 };
  const append: EventStore['append'] = (given) =>
    store.append(given).then((outcome) => {
      seen.committedUs = microseconds();
      return outcome;
    });
  return { seen, store: { ...store, append } };
};

/** A session worker in this process, put together as the service does it. */
const hire = async (bus: NatsBusWithFeed, store: EventStore): Promise<Worker> => {
  const worker = createWorker(
    {
      bus,
      feed: bus.feed,
      store,
      clock: systemClock,
      ids: systemIds,
      vault: createVault({ tenantKeys: () => Buffer.alloc(32, 7) }),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      metrics: { count: silent, owned: silent, level: silent },
    },
    {
      workerId: 'bench',
      defaultProcessor: 'sim',
      policy: { resumeMs: 120_000, whenLapsed: 'keep', unboundMs: 300_000 },
    },
  );
  const queue = { queue: OWNERS_QUEUE };
  bus.subscribe(subjects.prepares(), (message: BusMessage) => void worker.onPrepare(message), queue);
  bus.subscribe(subjects.claims(), (message: BusMessage) => void worker.onClaim(message), queue);
  bus.subscribe(subjects.ctiStatuses(), (message: BusMessage) => worker.onStatus(message));
  await worker.start();
  await bus.flush();
  return worker;
};

/** Medians of a message that goes from one plain connection to another of this process. */
const oneWay = async (natsUrl: string, { body, headers }: Pick<BusMessage, 'body' | 'headers'>) => {
  const [telling, hearing] = await Promise.all([
    connectBare(natsUrl, 'bench-telling'),
    connectBare(natsUrl, 'bench-hearing'),
  ]);
  let arrived = silent;
  hearing.subscribe('bench.one-way', { callback: () => arrived() });
  await hearing.flush();
  const said = { headers: headersOf({ end: '', body, headers: Object.entries(headers) }) };
  return {
    turn: async (ms: number): Promise<number> => {
      const { latenciesUs } = await closedLoop(1, ms, async () => {
        const coming = new Promise<void>((resolve) => (arrived = resolve));
        telling.publish('bench.one-way', body, said);
        await coming;
      });
      return figuresOf(latenciesUs).median;
    },
    close: () => Promise.all([telling.close(), hearing.close()]),
  };
};

/**
 * From the append that was answered to the subscriber that has its first event, on another connection to NATS: all in
 * one process, so that one clock tells both; against the same message between two plain connections.
 */
export const commitToSubscriber = async ({ spare }: Stage, context: Context): Promise<Row> => {
  context.progress('commit to subscriber');
  const [database, nats] = await Promise.all([spare(), privateNats()]);
  const adapter = await startAdapter(nats.url);
  const open = (name: string) => connectNats({ url: nats.url, name });
  const [workerBus, deskBus, hearing] = await Promise.all([open('worker'), open('desk'), open('subscriber')]);
  const real = await createPostgresStore({ url: database.applicationUrl, workerId: 'bench' });
  const { seen, store } = watched(real);
  const worker = await hire(workerBus, store);
  const seats = await openSeats(deskBus, 1);
  const [seat] = seats.all;
  if (seat === undefined) throw new Error('nobody sat down');

  let first: ((message: BusMessage, tookUs: number) => void) | null = null;
  hearing.subscribe(subjects.eventsOf('demo', seat.session), (message) => {
    first?.(message, microseconds() - seen.committedUs);
    first = null;
  });
  await hearing.flush();
  const ask = async (): Promise<readonly [message: BusMessage, tookUs: number]> => {
    const heard = new Promise<readonly [BusMessage, number]>((resolve) => {
      first = (...given) => resolve(given);
    });
    await seat.ask();
    return heard;
  };
  const [message] = await ask();
  const bare = await oneWay(nats.url, message);
  const engine = async (): Promise<number> => {
    const took: number[] = [];
    await closedLoop(1, context.roundMs, async () => took.push((await ask())[1]));
    return figuresOf(took).median;
  };
  const turns = await interleaved({ engine, bare: () => bare.turn(context.roundMs) }, context.rounds);

  seats.stop();
  await bare.close();
  await worker.stop();
  await Promise.all([workerBus, deskBus, hearing].map((bus) => bus.drain()));
  await adapter.stop();
  await real.close();
  await nats.stop();
  await database.drop();
  return {
    ...ANNOUNCED.subscriber,
    figures: ratioOf(turns.engine, turns.bare),
    parts: {
      'commit to subscriber': { figures: figuresOf(turns.engine), unit: 'us' },
      'NATS one-way': { figures: figuresOf(turns.bare), unit: 'us' },
    },
  };
};
