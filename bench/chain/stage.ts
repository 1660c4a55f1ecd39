import { type PrivateDatabase, type PrivateNats, privateNats } from '@cordboard/testing';
import { type Context } from '../harness/context.ts';
import { recordCall } from '../store/recorded-call.ts';
import { newSessionId } from '../store/sessions.ts';
import { openLog } from '../store/stage.ts';
import { startAdapter, startEngine } from './engine-chain.ts';
import { type Helper, startHelper } from './helper.ts';
import { startRaw } from './raw-chain.ts';
import { record } from './recording.ts';
import { type Chain, chainOf } from './turn.ts';

export interface StageOptions {
  readonly postgres: Pick<Context['postgres'], 'database' | 'keepAsTemplate' | 'pid'>;
  /** Agents at each chain. */
  readonly sessions: number;
  /** Whether to start a second engine, with two workers. */
  readonly twoWorkers: boolean;
  /** In the log of each chain before anything begins. */
  readonly rows: number;
}

/** The chains on the same servers: the engine's, one with two workers when asked for, and the raw one. */
export interface Stage {
  readonly nats: PrivateNats;
  /** A log that nobody writes to. */
  readonly spare: () => Promise<PrivateDatabase>;
  readonly engine: Chain;
  readonly twoWorkers: Chain | null;
  readonly raw: Chain;
  /** Bytes that one command stores, in so many rows. */
  readonly stored: { readonly rows: number; readonly bytes: number };
  readonly close: () => Promise<void>;
}

const LOG = 'bench_chain';

interface Common {
  readonly options: StageOptions;
  readonly nats: PrivateNats;
  readonly shared: Readonly<Record<string, number>>;
}

/** The logs are copies of one, so that all begin alike. */
const prepareLogs = async ({ postgres, rows }: StageOptions): Promise<() => Promise<PrivateDatabase>> => {
  if (rows === 0) return () => postgres.database();
  const log = await openLog({ postgres, rows }, await recordCall());
  await postgres.keepAsTemplate(log, LOG);
  await log.drop();
  return () => postgres.database(LOG);
};

const openEngine = async ({ options, nats, shared }: Common, database: PrivateDatabase, workers: number) => {
  const engine = await startEngine({ database, natsUrl: nats.url }, { workers });
  const load = startHelper('load');
  const given = { edgeUrl: engine.edgeUrl, first: workers * 10_000, count: options.sessions };
  const paths = (await load.ask('signIn', given)) as readonly string[];
  const owners = engine.workers.map(({ pid }, n) => [n === 0 ? 'owner' : `owner ${n + 1}`, pid] as const);
  const own = { edge: engine.edge.pid, ...Object.fromEntries(owners) };
  return {
    load,
    paths,
    chain: chainOf({ load, own, shared }),
    close: async () => {
      await load.stop();
      await engine.stop();
    },
  };
};

const openRaw = async (
  { nats, shared }: Common,
  database: PrivateDatabase,
  recording: Awaited<ReturnType<typeof record>>,
  sessions: number,
) => {
  const below = recording.path.slice(recording.path.indexOf('.'));
  const paths = Array.from({ length: sessions }, () => newSessionId() + below);
  const servers = { natsUrl: nats.url, databaseUrl: database.applicationUrl };
  const raw = await startRaw(servers, recording, paths);
  const load: Helper = startHelper('load');
  await load.ask('sitDown', { edgeUrl: raw.edgeUrl, paths });
  return {
    chain: chainOf({ load, own: { edge: raw.edge.pid, owner: raw.owner.pid }, shared }),
    close: async () => {
      await load.stop();
      await raw.stop();
    },
  };
};

const sizeOf = ({ intent, outcome }: Awaited<ReturnType<typeof record>>): Stage['stored'] => {
  const rows = [...intent.rows, ...outcome.rows];
  const bytes = rows
    .flat()
    .map((value) => (Buffer.isBuffer(value) ? value.length : String(value ?? '').length));
  return { rows: rows.length, bytes: bytes.reduce((sum, one) => sum + one, 0) };
};

export const setStage = async (options: StageOptions): Promise<Stage> => {
  const { postgres, sessions } = options;
  const [spare, nats] = await Promise.all([prepareLogs(options), privateNats()]);
  const adapter = await startAdapter(nats.url);
  const shared = { nats: nats.pid, postgres: postgres.pid(), adapter: adapter.pid };
  const common: Common = { options, nats, shared };
  const log = await spare();
  const engine = await openEngine(common, log, 1);
  const [first = ''] = engine.paths;
  const recording = await record({ natsUrl: nats.url, databaseUrl: log.adminUrl }, first, () =>
    engine.load.ask('toggle', { seat: 0 }),
  );
  const two = options.twoWorkers ? await openEngine(common, await spare(), 2) : null;
  const raw = await openRaw(common, await spare(), recording, sessions);
  return {
    nats,
    spare,
    engine: engine.chain,
    twoWorkers: two?.chain ?? null,
    raw: raw.chain,
    stored: sizeOf(recording),
    close: async () => {
      await raw.close();
      await two?.close();
      await engine.close();
      await adapter.stop();
      await nats.stop();
    },
  };
};
