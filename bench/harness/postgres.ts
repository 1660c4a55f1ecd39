import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  APPLICATION_ROLE,
  type DatabaseUrls,
  ensureDatabase,
  forgetProcess,
  freePort,
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
  readonly password: string;
  readonly ownerPassword: string;
  readonly applicationPassword: string;
  /** Added to the environment of the server on that disk. */
  readonly environments: Readonly<Partial<Record<Disk, Readonly<Record<string, string>>>>>;
}

export interface OpenPostgres extends BenchPostgres {
  readonly close: () => Promise<void>;
}

const EMPTY = 'bench_empty';
const NAME = 'bench-postgres';
const secret = (): string => randomBytes(18).toString('base64url');

/** A new place in a folder that is this run's own. */
export const postgresPlace = async (
  dataDir: string,
  environments: PostgresPlace['environments'],
): Promise<PostgresPlace> => ({
  dataDir,
  port: await freePort(),
  password: secret(),
  ownerPassword: secret(),
  applicationPassword: secret(),
  environments,
});

const start = ({ dataDir, port, password, environments }: PostgresPlace, disk: Disk) =>
  startPostgres({
    dataDir,
    port,
    password,
    logFile: join(dataDir, 'log'),
    environment: environments[disk],
  });

/** Makes the data and the database that the others are made from; gives the version of the server. */
export const preparePostgres = async (place: PostgresPlace): Promise<string> => {
  const server = await start(place, 'as is');
  const client = new Client({ connectionString: server.adminUrl });
  try {
    const { ownerUrl } = await ensureDatabase({ ...place, adminUrl: server.adminUrl, database: EMPTY });
    await migrate(ownerUrl, { applicationRole });
    await client.connect();
    const { rows } = await client.query<{ readonly server_version: string }>('SHOW server_version');
    return rows[0]?.server_version ?? 'unknown';
  } finally {
    await client.end();
    await server.stop();
  }
};

const urlsOf = (place: PostgresPlace, adminUrl: string, name: string): DatabaseUrls => ({
  ownerUrl: rebaseUrl(adminUrl, name, { name: OWNER_ROLE, password: place.ownerPassword }),
  applicationUrl: rebaseUrl(adminUrl, name, { name: APPLICATION_ROLE, password: place.applicationPassword }),
});

// A big template is copied file by file: through the log it would fill the log that is measured.
const copyOf = (name: string, template: string): string =>
  `CREATE DATABASE "${name}" OWNER ${OWNER_ROLE} TEMPLATE "${template}"` +
  (template === EMPTY ? '' : ' STRATEGY FILE_COPY');

const nameOf = ({ adminUrl }: PrivateDatabase): string => new URL(adminUrl).pathname.slice(1);

/** Starts the server of a prepared place, which no other process may have open; `runFolder` remembers it. */
export const openPostgres = async (place: PostgresPlace, runFolder: string): Promise<OpenPostgres> => {
  let disk: Disk = 'as is';
  const startOn = async (wanted: Disk): Promise<PostgresServer> => {
    disk = wanted;
    const started = await start(place, wanted);
    rememberProcess(runFolder, NAME, started);
    return started;
  };
  let server = await startOn(disk);
  const { adminUrl } = server;

  return {
    adminUrl,
    pid: () => server.pid,
    on: async (wanted) => {
      if (wanted === disk) return;
      await server.stop();
      server = await startOn(wanted);
    },
    database: async (template = EMPTY) => {
      const name = `bench_${randomBytes(8).toString('hex')}`;
      await runStatements(adminUrl, [copyOf(name, template)]);
      return {
        ...urlsOf(place, adminUrl, name),
        adminUrl: rebaseUrl(adminUrl, name),
        drop: () => runStatements(adminUrl, [`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`]),
      };
    },
    keepAsTemplate: (database, name) => runStatements(adminUrl, [copyOf(name, nameOf(database))]),
    close: async () => {
      await server.stop();
      forgetProcess(runFolder, NAME);
    },
  };
};
