import { randomBytes } from 'node:crypto';
import { appEnvironment, type AppName, DEMO_HOUSE_FILE, isRunning, type Settings } from '@cordboard/embedded';
import { appEntry } from './app-entry.ts';
import { type PrivateDatabase, privateDatabase } from './private-database.ts';
import { type PrivateNats, privateNats } from './private-nats.ts';
import { createStackApp, type StackApp } from './stack-app.ts';

export interface StackOptions {
  /** How many session workers; two when left out, as `npm start` has. */
  readonly workers?: number | undefined;
  /** Whether to start the edge and the simulator; both when left out. */
  readonly edge?: boolean | undefined;
  /** How many edges; one when left out. */
  readonly edges?: number | undefined;
  readonly simulator?: boolean | undefined;
  /** Whether to start the gateway for adapters on TCP; not when left out. */
  readonly gateway?: boolean | undefined;
  /** Settings that differ from those of `npm start`. */
  readonly settings?: Settings | undefined;
}

/** The processes of `npm start`, with servers of their own, on free ports. */
export interface Stack {
  readonly database: PrivateDatabase;
  readonly nats: PrivateNats;
  /** Session workers in the order of their start. */
  readonly workers: readonly StackApp[];
  readonly edges: readonly StackApp[];
  /** The first of them; throws when it was left out. */
  readonly edge: StackApp;
  readonly simulator: StackApp;
  readonly gateway: StackApp;
  /** `http://127.0.0.1:port` */
  readonly edgeUrl: string;
  /** `ws://127.0.0.1:port/agent` */
  readonly agentUrl: string;
  readonly simulatorUrl: string;
  readonly settings: Settings;
  /** The 32 bytes that wrap the data keys of tenant `demo`. */
  readonly tenantKey: Buffer;
  /** Everything that the apps wrote, for the message of a failed test. */
  readonly logs: () => string;
  /** Stops everything in order; throws when a process is left. */
  readonly stop: () => Promise<void>;
}

/** The address of the purpose that an app calls `http`, or of its first port. */
const httpUrl = ({ ports, name }: StackApp): string => {
  const port = ports['http'] ?? Object.values(ports)[0];
  if (port === undefined) throw new Error(`${name} told no port`);
  return `http://127.0.0.1:${port}`;
};

const settingsFor = (database: PrivateDatabase, nats: PrivateNats, tenantKey: Buffer): Settings => ({
  CORDBOARD_DATABASE_URL: database.applicationUrl,
  CORDBOARD_NATS_URL: nats.url,
  CORDBOARD_HOST: '127.0.0.1',
  CORDBOARD_TENANT: 'demo',
  CORDBOARD_PROCESSOR: 'sim',
  CORDBOARD_HOUSE_FILE: DEMO_HOUSE_FILE,
  CORDBOARD_TENANT_KEYS: `demo=${tenantKey.toString('base64')}`,
  CORDBOARD_METRICS_PORT: '0',
  CORDBOARD_EDGE_PORT: '0',
  CORDBOARD_SIMULATOR_PORT: '0',
  CORDBOARD_CTI_PORT: '0',
  CORDBOARD_JWT_SECRET: randomBytes(32).toString('base64url'),
  CORDBOARD_DEV_TOKENS: 'true',
});

const required = (app: StackApp | undefined, name: string): StackApp => {
  if (app === undefined) throw new Error(`this stack was started without ${name}`);
  return app;
};

const verifyNothingLeft = (apps: readonly StackApp[]): void => {
  const left = apps.filter(({ identity }) => identity !== null && isRunning(identity));
  if (left.length > 0) throw new Error(`still running: ${left.map(({ name }) => name).join(', ')}`);
};

/**
 * Starts the built apps as real processes, with a database and a NATS server of their own, and waits until
 * all serve. Build first; stop it in `afterAll`.
 */
export const startStack = async (options: StackOptions = {}): Promise<Stack> => {
  const [database, nats] = await Promise.all([privateDatabase(), privateNats()]);
  const tenantKey = randomBytes(32);
  const settings = { ...settingsFor(database, nats, tenantKey), ...options.settings };
  const app = (name: string, kind: AppName): StackApp =>
    createStackApp(name, appEntry(kind), () => appEnvironment(kind, settings));
  const workers = Array.from({ length: options.workers ?? 2 }, (_, index) =>
    app(`session-${index + 1}`, 'session'),
  );
  const simulator = options.simulator === false ? undefined : app('cti-simulator', 'cti-simulator');
  const edges = Array.from({ length: options.edge === false ? 0 : (options.edges ?? 1) }, (_, index) =>
    app(index === 0 ? 'edge' : `edge-${index + 1}`, 'edge'),
  );
  const [edge] = edges;
  const gateway = options.gateway === true ? app('cti-gateway', 'cti-gateway') : undefined;
  const outer = [...edges, gateway, simulator].filter((one) => one !== undefined);
  const logs = (): string => [...outer, ...workers].map((one) => one.log()).join('\n');
  const stop = async (): Promise<void> => {
    await Promise.all(edges.map((one) => one.stop()));
    await Promise.all(workers.map((worker) => worker.stop()));
    await simulator?.stop();
    await gateway?.stop();
    await nats.stop();
    await database.drop();
    verifyNothingLeft([...outer, ...workers]);
  };
  try {
    await Promise.all(workers.map((worker) => worker.start()));
    await Promise.all(outer.map((one) => one.start()));
  } catch (error) {
    const said = logs();
    await stop();
    throw new Error(`the stack did not start: ${String(error)}\n${said}`);
  }
  return {
    database,
    nats,
    workers,
    edges,
    get edge() {
      return required(edge, 'an edge');
    },
    get simulator() {
      return required(simulator, 'a simulator');
    },
    get gateway() {
      return required(gateway, 'a gateway');
    },
    get edgeUrl() {
      return httpUrl(required(edge, 'an edge'));
    },
    get agentUrl() {
      return `${httpUrl(required(edge, 'an edge')).replace('http:', 'ws:')}/agent`;
    },
    get simulatorUrl() {
      return httpUrl(required(simulator, 'a simulator'));
    },
    settings,
    tenantKey,
    logs,
    stop,
  };
};
