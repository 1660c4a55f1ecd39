import { connectNats, subjects } from '@cordboard/bus';
import { createPostgresStore, type EventStore } from '@cordboard/event-store';
import { type House } from '@cordboard/domain';
import { systemClock, systemIds } from '@cordboard/runtime';
import { privateNats } from '@cordboard/testing';
import { openSeats, type Seat } from '../failover/seats.ts';
import { Client } from 'pg';
import { type Context } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { closedLoop, interleaved, ratioOf } from '../harness/rounds.ts';
import { type Row } from '../harness/row.ts';
import { ANNOUNCED } from './announced.ts';
import { startAdapter } from './engine-chain.ts';
import { type Helper, startHelper } from './helper.ts';
import { hireWorker } from '../hired-worker.ts';
import { connectBare, headersOf, type Said } from './nats.ts';

const REASON = { reasonCodeId: '1', reasonCodeCode: 'B', selectable: true, extensions: [], labels: [] };

/** A list that is told without asking the switch. */
const HOUSE: House = {
  directory: [],
  notReadyReasons: [REASON],
  logoutReasons: [],
  dispositions: [],
  queues: {},
  models: {},
};

const BARE = 'bench.one-way';
const WHY_AFTER =
  'processes that have just waited for a commit are slower to wake than those that speak all the time, so the floor waits for one, too';

/** The store, and when its last append was answered. */
const watched = (store: EventStore) => {
  const seen = { committedAt: 0n };
  const append: EventStore['append'] = (given) =>
    store.append(given).then((outcome) => {
      seen.committedAt = process.hrtime.bigint();
      return outcome;
    });
  return { seen, store: { ...store, append } };
};

/** A worker in this process, with one session whose agent asks it something. */
const openOffice = async (context: Context, natsUrl: string) => {
  const [database, adapter] = await Promise.all([context.postgres.database(), startAdapter(natsUrl)]);
  const open = (name: string) => connectNats({ url: natsUrl, name });
  const [workerBus, deskBus] = await Promise.all([open('worker'), open('desk')]);
  const real = await createPostgresStore({ url: database.applicationUrl, workerId: 'bench' });
  const { seen, store } = watched(real);
  const worker = await hireWorker({
    bus: workerBus,
    feed: workerBus.feed,
    store,
    clock: systemClock,
    ids: systemIds,
    house: () => HOUSE,
  });
  const seats = await openSeats(deskBus, 1);
  const [seat] = seats.all;
  if (seat === undefined) throw new Error('nobody sat down');
  return {
    database,
    seen,
    seat,
    close: async () => {
      seats.stop();
      await worker.stop();
      await Promise.all([workerBus.drain(), deskBus.drain(), adapter.stop()]);
      await real.close();
      await database.drop();
    },
  };
};

type Heard = Said & { readonly at: bigint };
const nextOf = (ear: Helper): Promise<Heard> => ear.ask('next', {}) as Promise<Heard>;

/** Median of so many times how long it took to come there, in microseconds. */
const medianOver = async (ms: number, once: () => Promise<bigint>): Promise<number> => {
  const took: number[] = [];
  await closedLoop(1, ms, async () => took.push(Number(await once()) / 1_000));
  return figuresOf(took).median;
};

const askOf = (seat: Seat, ear: Helper, seen: { readonly committedAt: bigint }) => async () => {
  await seat.ask();
  return (await nextOf(ear)).at - seen.committedAt;
};

/** A plain client of Postgres that commits something each time. */
const openCommits = async (url: string) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE bench_floor (id bigserial PRIMARY KEY, data jsonb)');
  const insert = { name: 'insert', text: 'INSERT INTO bench_floor (data) VALUES ($1)' };
  return {
    commit: (body: string) => client.query({ ...insert, values: [body] }),
    close: () => client.end(),
  };
};

/**
 * From the append that was answered to a subscriber that has its wire event, in another process, against the same bytes
 * between the same two processes with nothing but the NATS client. It comes after a commit, too: processes that have
 * just waited for the disk are slower than those that speak all the time.
 */
export const commitToSubscriber = async (context: Context): Promise<Row> => {
  context.progress('commit to subscriber');
  const nats = await privateNats();
  const office = await openOffice(context, nats.url);
  const ear = startHelper('ear');
  const heard = [subjects.eventsOf('demo', office.seat.session), BARE];
  await ear.ask('listen', { natsUrl: nats.url, subjects: heard });
  await office.seat.ask();
  const event = await nextOf(ear);
  const telling = await connectBare(nats.url, 'telling');
  const floor = await openCommits(office.database.ownerUrl);
  const said = { headers: headersOf(event) };
  const oneWay = async (): Promise<bigint> => {
    const since = process.hrtime.bigint();
    telling.publish(BARE, event.body, said);
    return (await nextOf(ear)).at - since;
  };
  const afterCommit = async (): Promise<bigint> => {
    await floor.commit(event.body);
    return oneWay();
  };
  const ms = context.roundMs / 2;
  const turns = await interleaved(
    {
      engine: () => medianOver(ms, askOf(office.seat, ear, office.seen)),
      afterCommit: () => medianOver(ms, afterCommit),
      tight: () => medianOver(ms, oneWay),
    },
    context.rounds,
  );
  await floor.close();
  await Promise.all([office.close(), ear.stop(), telling.close()]);
  await nats.stop();
  return {
    ...ANNOUNCED.subscriber,
    figures: ratioOf(turns.engine, turns.afterCommit),
    parts: {
      'commit to subscriber': { figures: figuresOf(turns.engine), unit: 'us' },
      'NATS one-way after a commit': { figures: figuresOf(turns.afterCommit), unit: 'us' },
      'NATS one-way in a tight loop': { figures: figuresOf(turns.tight), unit: 'us' },
    },
    note: `against the one-way in a tight loop it is ${ratioOf(turns.engine, turns.tight).median.toFixed(2)} x; ${WHY_AFTER}`,
  };
};
