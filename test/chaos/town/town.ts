import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_HOUSE_FILE, type Settings } from '@cordboard/embedded';
import {
  eventually,
  freePort,
  type PrivateNats,
  privateNats,
  type TcpProxy,
  tcpProxy,
} from '@cordboard/testing';
import { type Database, ownDatabase, sharedDatabase } from './database.ts';
import { type Lines, type Resident, resident } from './resident.ts';

export interface TownOptions {
  readonly agents: number;
  readonly workers: number;
  readonly edges: number;
  /** A database server of its own, which can be crashed. */
  readonly ownDatabase: boolean;
}

/** The product as it runs in a house, each of its lines through a proxy, and what each process leaves behind. */
export interface Town {
  readonly database: Database;
  readonly nats: PrivateNats;
  readonly workers: readonly Resident[];
  readonly edges: readonly Resident[];
  readonly simulator: Resident;
  /** `http://127.0.0.1:port` of each edge, through the line of the browsers. */
  readonly doors: readonly string[];
  /** The same past those lines, for more browsers than one process can hand on. */
  readonly direct: readonly string[];
  readonly simulatorUrl: string;
  readonly tenantKey: Buffer;
  /** What the adapter did at the switch, a line of JSON each. */
  readonly effectsFile: string;
  /** Settles when every process serves. */
  readonly complete: () => Promise<void>;
  /** Every line flows again. */
  readonly heal: () => void;
  readonly logs: () => string;
  readonly stop: () => Promise<void>;
}

const COMPLETE_MS = 60_000;

const throughPort = (url: string, port: number): string => {
  const through = new URL(url);
  through.port = String(port);
  return through.toString();
};

interface Ground {
  readonly folder: string;
  readonly database: Database;
  readonly nats: PrivateNats;
  readonly settings: Settings;
  readonly proxies: TcpProxy[];
}

const common = (tenantKey: Buffer, agents: number, effectsFile: string): Settings => ({
  CORDBOARD_TENANT: 'demo',
  CORDBOARD_PROCESSOR: 'sim',
  CORDBOARD_HOUSE_FILE: DEMO_HOUSE_FILE,
  CORDBOARD_TENANT_KEYS: `demo=${tenantKey.toString('base64')}`,
  CORDBOARD_JWT_SECRET: randomBytes(32).toString('base64url'),
  CORDBOARD_DEV_TOKENS: 'true',
  CORDBOARD_RECONCILE_MS: '5000',
  CORDBOARD_MAX_SOCKETS: '100000',
  CORDBOARD_SIMULATOR_AGENTS: String(agents),
  CORDBOARD_SIMULATOR_MAX_CALLS: '20000',
  CORDBOARD_SIMULATOR_LOG: effectsFile,
});

const line = async ({ proxies }: Ground, port: number): Promise<TcpProxy> => {
  const made = await tcpProxy(port);
  proxies.push(made);
  return made;
};

const linesTo = async (ground: Ground): Promise<Required<Omit<Lines, 'door'>>> => ({
  nats: await line(ground, ground.nats.port),
  database: await line(ground, ground.database.port),
});

const settingsOver = (ground: Ground, { nats, database }: Lines, own: Settings): Settings => ({
  ...ground.settings,
  CORDBOARD_NATS_URL: throughPort(ground.nats.url, nats.port),
  ...(database === undefined
    ? {}
    : { CORDBOARD_DATABASE_URL: throughPort(ground.database.applicationUrl, database.port) }),
  ...own,
});

const settle = async (
  ground: Ground,
  kind: 'session' | 'edge' | 'cti-simulator',
  name: string,
): Promise<Resident> => {
  const port = await freePort();
  const own: Settings =
    kind === 'edge' ? { CORDBOARD_EDGE_PORT: String(port) } : { CORDBOARD_SIMULATOR_PORT: String(port) };
  const { nats, database } = await linesTo(ground);
  const lines: Lines = {
    nats,
    ...(kind === 'cti-simulator' ? {} : { database }),
    ...(kind === 'edge' ? { door: await line(ground, port) } : {}),
  };
  return resident({
    kind,
    lines,
    settings: settingsOver(ground, lines, own),
    told: join(ground.folder, `${name}.json`),
  });
};

const stopAll = async (residents: readonly Resident[], { proxies, nats, database, folder }: Ground) => {
  for (const proxy of proxies) proxy.heal();
  await Promise.all(residents.map((one) => one.leave()));
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await nats.stop();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
};

const numbered = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** Starts everything from what was built, on loopback. Stop it in any case. */
export const startTown = async (options: TownOptions): Promise<Town> => {
  const folder = mkdtempSync(join(tmpdir(), 'cordboard-chaos-'));
  const effectsFile = join(folder, 'effects.ndjson');
  const tenantKey = randomBytes(32);
  const [database, nats] = await Promise.all([
    options.ownDatabase ? ownDatabase() : sharedDatabase(),
    privateNats(),
  ]);
  const settings = common(tenantKey, options.agents, effectsFile);
  const ground: Ground = { folder, database, nats, settings, proxies: [] };
  const [workers, edges, [simulator]] = await Promise.all([
    numbered(options.workers, (index) => settle(ground, 'session', `worker-${index}`)),
    numbered(options.edges, (index) => settle(ground, 'edge', `edge-${index}`)),
    numbered(1, () => settle(ground, 'cti-simulator', 'simulator')),
  ]);
  if (simulator === undefined) throw new Error('there is no simulator');
  const residents = [...workers, ...edges, simulator];
  return {
    database,
    nats,
    workers,
    edges,
    simulator,
    doors: edges.map(({ lines }) => `http://127.0.0.1:${lines.door?.port}`),
    direct: edges.map(({ app }) => `http://127.0.0.1:${app.ports['http'] ?? Object.values(app.ports)[0]}`),
    simulatorUrl: `http://127.0.0.1:${simulator.app.ports['http']}`,
    tenantKey,
    effectsFile,
    complete: async () => {
      await eventually(() => residents.every((one) => one.isUp()), { timeoutMs: COMPLETE_MS });
    },
    heal: () => ground.proxies.forEach((proxy) => proxy.heal()),
    logs: () => residents.map(({ app }) => app.log()).join('\n'),
    stop: () => stopAll(residents, ground),
  };
};
