import { randomBytes } from 'node:crypto';
import { type Settings } from '@cordboard/embedded';
import { type PrivateDatabase, startApp, type StackApp } from '@cordboard/testing';
import { type Helper, startHelper } from './helper.ts';

/** The servers that both chains share. */
export interface Servers {
  readonly database: PrivateDatabase;
  readonly natsUrl: string;
}

/** The product: one edge, so many session workers. */
export interface EngineChain {
  readonly edgeUrl: string;
  readonly edge: StackApp;
  readonly workers: readonly StackApp[];
  readonly stop: () => Promise<void>;
}

export interface EngineOptions {
  readonly workers: number;
  /** Flags of Node for the edge and the workers. */
  readonly execArgv?: readonly string[];
}

const settingsOf = ({ database, natsUrl }: Servers): Settings => ({
  CORDBOARD_DATABASE_URL: database.applicationUrl,
  CORDBOARD_NATS_URL: natsUrl,
  CORDBOARD_PROCESSOR: 'sim',
  CORDBOARD_TENANT_KEYS: `demo=${randomBytes(32).toString('base64')}`,
  CORDBOARD_EDGE_PORT: '0',
  CORDBOARD_JWT_SECRET: randomBytes(32).toString('base64url'),
  CORDBOARD_DEV_TOKENS: 'true',
  // One session in a closed loop says more than people do.
  CORDBOARD_COMMANDS_PER_SECOND: '100000',
  // Reading the switch again every minute is no part of a command; the raw chain has nothing like it.
  CORDBOARD_RECONCILE_MS: '0',
});

/** Starts the built apps. */
export const startEngine = async (servers: Servers, options: EngineOptions): Promise<EngineChain> => {
  const settings = settingsOf(servers);
  const { workers: count, execArgv = [] } = options;
  const workers = await Promise.all(
    Array.from({ length: count }, () => startApp('session', settings, execArgv)),
  );
  const edge = await startApp('edge', settings, execArgv);
  return {
    edgeUrl: `http://127.0.0.1:${edge.ports['http'] ?? Object.values(edge.ports)[0]}`,
    edge,
    workers,
    stop: async () => {
      await edge.stop();
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
};

/** The one switch of both chains. */
export const startAdapter = async (natsUrl: string): Promise<Helper> => {
  const adapter = startHelper('adapter');
  await adapter.ask('start', { natsUrl });
  return adapter;
};
