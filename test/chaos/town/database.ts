import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  type DatabaseUrls,
  ensureDatabase,
  forgetProcess,
  type PostgresServer,
  postgresUser,
  rememberProcess,
  removeServerHome,
  signalProcess,
  startPostgres,
} from '@cordboard/embedded';
import { applicationRole, privateDatabase } from '@cordboard/testing';
import { migrate } from '@cordboard/event-store';

/** The log of a town. */
export interface Database extends DatabaseUrls {
  /** URL of the superuser on the same database. */
  readonly adminUrl: string;
  readonly port: number;
  /** Stops the server at once, as after a crash (Postgres calls it immediate), and waits; null on a shared one. */
  readonly crash: (() => Promise<void>) | null;
  /** Starts it again on the same port with the same data. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const portOf = (url: string): number => Number(new URL(url).port);

/** A database on the server that all tests share; it cannot be crashed. */
export const sharedDatabase = async (): Promise<Database> => {
  const database = await privateDatabase();
  return {
    ...database,
    port: portOf(database.adminUrl),
    crash: null,
    restart: () => Promise.resolve(),
    stop: database.drop,
  };
};

const folder = (): string => {
  const run = process.env['CORDBOARD_TEST_RUN'];
  if (run === undefined) throw new Error('run it with npm run chaos, which ends its servers');
  return run;
};

const secret = (): string => randomBytes(18).toString('base64url');

/** A server of one's own that writes to disk before it answers, so that a crash loses nothing. */
export const ownDatabase = async (): Promise<Database> => {
  const name = `chaos-${randomBytes(4).toString('hex')}`;
  const dataDir = join(folder(), name);
  const password = secret();
  const start = async (port?: number): Promise<PostgresServer> => {
    const server = await startPostgres({ dataDir, logFile: join(folder(), `${name}.log`), password, port });
    rememberProcess(folder(), name, server);
    return server;
  };
  let server = await start();
  const passwords = { ownerPassword: secret(), applicationPassword: secret() };
  const urls = await ensureDatabase({ adminUrl: server.adminUrl, database: 'chaos', ...passwords });
  await migrate(urls.ownerUrl, { applicationRole });
  const { port } = server;
  return {
    ...urls,
    adminUrl: server.adminUrl.replace(/\/postgres$/, '/chaos'),
    port,
    crash: async () => {
      signalProcess(server, 'SIGQUIT');
      await server.exited;
    },
    restart: async () => {
      server = await start(port);
    },
    stop: async () => {
      await server.stop();
      forgetProcess(folder(), name);
      removeServerHome(dataDir, postgresUser());
    },
  };
};
