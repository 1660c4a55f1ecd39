import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  APPLICATION_ROLE,
  type DatabaseUrls,
  ensureDatabase,
  forgetProcess,
  OWNER_ROLE,
  type PostgresServer,
  rebaseUrl,
  rememberProcess,
  runStatements,
  startPostgres,
} from '@cordboard/embedded';
import { migrate } from '@cordboard/event-store';
import { applicationRole, type PrivateDatabase } from '@cordboard/testing';
import { Client } from 'pg';
import { type BenchPostgres } from './context.ts';
import { type Disk } from './row.ts';

/** Where the Postgres of the bench lies, for each process that starts it in turn. */
export interface PostgresPlace {
  readonly dataDir: string;
  readonly port: number;
  /** URL of the superuser. */
  readonly adminUrl: string;
  readonly version: string;
  readonly password: string;
  readonly ownerPassword: string;
  readonly applicationPassword: string;
  readonly environments: Environments;
}

/** What is added to the environment of the server on that disk. */
export type Environments = Readonly<Partial<Record<Disk, Readonly<Record<string, string>>>>>;

export interface OpenPostgres extends BenchPostgres {
  readonly close: () => Promise<void>;
}

const EMPTY = 'bench_empty';
const NAME = 'bench-postgres';
const secret = (): string => randomBytes(18).toString('base64url');

const logIn = (dataDir: string): string => join(dataDir, 'log');

/** The one value that a query gives. */
const valueOf = async (url: string, text: string, values: readonly string[] = []): Promise<unknown> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly value: unknown }>(text, [...values]);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
};

const versionOf = async (url: string): Promise<string> =>
  String(await valueOf(url, "SELECT current_setting('server_version') AS value"));

/** Makes the data in a folder of this run's own, and the database that the others are made from. */
export const preparePostgres = async (
  dataDir: string,
  environments: Environments,
): Promise<PostgresPlace> => {
  const secrets = { password: secret(), ownerPassword: secret(), applicationPassword: secret() };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  // Nobody measures here, so nobody waits for the disk.
  const server = await startPostgres({ dataDir, logFile: logIn(dataDir), ...secrets, durable: false });
  try {
    const { adminUrl, port } = server;
    const { ownerUrl } = await ensureDatabase({ ...secrets, adminUrl, database: EMPTY });
    await migrate(ownerUrl, { applicationRole });
    return { dataDir, environments, ...secrets, adminUrl, port, version: await versionOf(adminUrl) };
  } finally {
    await server.stop();
  }
};

const urlsOf = (place: PostgresPlace, name: string): DatabaseUrls => ({
  ownerUrl: rebaseUrl(place.adminUrl, name, { name: OWNER_ROLE, password: place.ownerPassword }),
  applicationUrl: rebaseUrl(place.adminUrl, name, {
    name: APPLICATION_ROLE,
    password: place.applicationPassword,
  }),
});

// A big template is copied file by file: through the log it would fill the log that is measured.
const copyOf = (name: string, template: string): string =>
  `CREATE DATABASE "${name}" OWNER ${OWNER_ROLE} TEMPLATE "${template}"` +
  (template === EMPTY ? '' : ' STRATEGY FILE_COPY');

const nameOf = ({ adminUrl }: PrivateDatabase): string => new URL(adminUrl).pathname.slice(1);

/** The server of a prepared place, started when it is first needed; `runFolder` remembers its process. */
export const openPostgres = (place: PostgresPlace, runFolder: string): OpenPostgres => {
  const { adminUrl } = place;
  let disk: Disk = 'as is';
  let server: PostgresServer | null = null;
  const startOn = async (wanted: Disk): Promise<void> => {
    if (server !== null && disk === wanted) return;
    await server?.stop();
    server = await startPostgres({
      ...place,
      logFile: logIn(place.dataDir),
      environment: place.environments[wanted],
    });
    disk = wanted;
    rememberProcess(runFolder, NAME, server);
  };
  const run = async (statement: string): Promise<void> => {
    await startOn(disk);
    await runStatements(adminUrl, [statement]);
  };

  return {
    adminUrl,
    pid: () => server?.pid ?? 0,
    on: startOn,
    database: async (template = EMPTY) => {
      const name = `bench_${randomBytes(8).toString('hex')}`;
      await run(copyOf(name, template));
      return {
        ...urlsOf(place, name),
        adminUrl: rebaseUrl(adminUrl, name),
        drop: () => run(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
      };
    },
    isKept: async (name) => {
      await startOn(disk);
      return (
        (await valueOf(adminUrl, 'SELECT true AS value FROM pg_database WHERE datname = $1', [name])) === true
      );
    },
    keepAsTemplate: (database, name) => run(copyOf(name, nameOf(database))),
    close: async () => {
      await server?.stop();
      forgetProcess(runFolder, NAME);
    },
  };
};
