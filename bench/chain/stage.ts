import { type PrivateDatabase, privateNats } from '@cordboard/testing';
import { type Context } from '../harness/context.ts';
import { newSessionId } from '../store/sessions.ts';
import { startAdapter, startEngine } from './engine-chain.ts';
import { startHelper } from './helper.ts';
import { startRaw } from './raw-chain.ts';
import { record, type Recording } from './recording.ts';
import { type Chain, chainOf } from './turn.ts';

export interface StageOptions {
  readonly postgres: Pick<Context['postgres'], 'pid'>;
  /** The log that both chains write to, each on sessions of its own. */
  readonly log: PrivateDatabase;
  /** Agents that there may be at each chain. */
  readonly sessions: number;
  /** Of the engine. */
  readonly workers: number;
}

/** The engine's chain and the raw one, on the same servers and the same switch. */
export interface Stage {
  readonly engine: Chain;
  readonly raw: Chain;
  readonly recording: Recording;
  /** Where both keep what they write, and speak. */
  readonly servers: { readonly natsUrl: string; readonly databaseUrl: string };
  /** Lets agents sign in at both until there are so many: those who only wait take something, too. */
  readonly grow: (sessions: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Common extends StageOptions {
  readonly natsUrl: string;
  readonly shared: Readonly<Record<string, number>>;
}

const openEngine = async ({ log, natsUrl, shared, workers }: Common) => {
  const engine = await startEngine({ database: log, natsUrl }, { workers });
  const load = startHelper('load');
  const grow = (sessions: number) =>
    load.ask('signIn', { edgeUrl: engine.edgeUrl, sessions }) as Promise<string>;
  const owners = engine.workers.map(({ pid }, n) => [n === 0 ? 'owner' : `owner ${n + 1}`, pid] as const);
  const own = { edge: engine.edge.pid, ...Object.fromEntries(owners) };
  return {
    load,
    grow,
    chain: chainOf({ load, own, shared }),
    close: async () => {
      await load.stop();
      await engine.stop();
    },
  };
};

const openRaw = async ({ log, natsUrl, shared, sessions }: Common, recording: Recording) => {
  const below = recording.path.slice(recording.path.indexOf('.'));
  const paths = Array.from({ length: sessions }, () => newSessionId() + below);
  const raw = await startRaw({ natsUrl, databaseUrl: log.applicationUrl }, recording, paths);
  const load = startHelper('load');
  return {
    grow: (wanted: number) => load.ask('sitDown', { edgeUrl: raw.edgeUrl, paths, sessions: wanted }),
    chain: chainOf({ load, own: { edge: raw.edge.pid, owner: raw.owner.pid }, shared }),
    close: async () => {
      await load.stop();
      await raw.stop();
    },
  };
};

/** Starts both, signs agents in at both, and has the raw chain do what the engine was seen to do for one command. */
export const setStage = async (options: StageOptions): Promise<Stage> => {
  const nats = await privateNats();
  const adapter = await startAdapter(nats.url);
  const shared = { nats: nats.pid, postgres: options.postgres.pid(), adapter: adapter.pid };
  const common: Common = { ...options, natsUrl: nats.url, shared };
  const engine = await openEngine(common);
  const servers = { natsUrl: nats.url, databaseUrl: options.log.adminUrl };
  const recording = await record(servers, await engine.grow(1), () => engine.load.ask('toggle', { seat: 0 }));
  const raw = await openRaw(common, recording);
  return {
    engine: engine.chain,
    raw: raw.chain,
    recording,
    servers,
    grow: async (sessions) => {
      await engine.grow(sessions);
      await raw.grow(sessions);
    },
    close: async () => {
      await raw.close();
      await engine.close();
      await adapter.stop();
      await nats.stop();
    },
  };
};
