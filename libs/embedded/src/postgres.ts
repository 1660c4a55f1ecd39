import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { adoptChild, type Child, describeExit } from './child.ts';
import { freePort } from './free-port.ts';
import { tailOf } from './log-tail.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { ensureCluster, SUPERUSER } from './postgres-cluster.ts';
import { postgresUser } from './postgres-user.ts';
import { serverHome } from './server-home.ts';
import { SetupError } from './setup-error.ts';

export interface PostgresOptions {
  /** The data folder; started by root, the database itself lies elsewhere and the folder says where. */
  readonly dataDir: string;
  /** Where the server's own log goes. */
  readonly logFile: string;
  /** Password of the superuser, set when the data is first made. */
  readonly password: string;
  /** The same port again after a restart; a free one when left out. */
  readonly port?: number | undefined;
  /** False for tests: nothing waits for the disk. */
  readonly durable?: boolean | undefined;
  /** Added to the environment of the server, such as a library to be loaded before others. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export interface PostgresServer extends Child {
  readonly port: number;
  /** URL of the superuser, for making roles and databases. */
  readonly adminUrl: string;
}

const READY_MS = 60_000;

const settings = (port: number, durable: boolean): Readonly<Record<string, string>> => ({
  listen_addresses: '127.0.0.1',
  port: String(port),
  // Loopback alone: a socket path would have to be short and writable for another user.
  unix_socket_directories: '',
  max_connections: '200',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  jit: 'off',
  ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
});

const accepts = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01: it is ready, and the password is not the one that the data was made with.
    if ((error as { readonly code?: string }).code === '28P01') {
      throw new SetupError(
        'The database in the data folder has another password than .cordboard/secrets.json: begin anew with npm start -- --fresh.',
      );
    }
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Our very process says in its data folder that it listens; another server may answer on a port it was refused. */
const listens = ({ pid }: PostgresServer, data: string): boolean => {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch {
    return false;
  }
};

const untilReady = async (server: PostgresServer, data: string, logFile: string): Promise<void> => {
  let end: string | null = null;
  void server.exited.then((exit) => {
    end = describeExit(exit);
  });
  const until = Date.now() + READY_MS;
  while (!listens(server, data) || !(await accepts(server.adminUrl))) {
    if (end !== null) throw new SetupError(`Postgres ended at once (${String(end)}): ${tailOf(logFile)}`);
    if (Date.now() > until)
      throw new SetupError(`Postgres is not ready after ${READY_MS / 1000} s: see ${logFile}`);
    await delay(50);
  }
};

const spawnPostgres = async (options: PostgresOptions, port: number): Promise<[PostgresServer, string]> => {
  const user = postgresUser();
  const home = serverHome(options.dataDir, user);
  const { password, durable = true } = options;
  const binaries = postgresBinaries(user);
  const data = await ensureCluster({ binaries, home, user, password, durable });
  const flags = Object.entries(settings(port, durable)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = openSync(options.logFile, 'a', 0o600);
  // Its own process group: Ctrl-C must reach the supervisor alone, which stops the apps first.
  const spawned = spawn(binaries.postgres, ['-D', data, ...flags], {
    ...(user ?? {}),
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env['PATH'], ...options.environment },
  });
  closeSync(log);
  // SIGINT is Postgres's fast shutdown: open transactions are rolled back, nobody is waited for.
  const child = await adoptChild(spawned, { signal: 'SIGINT', graceMs: 20_000 });
  const adminUrl = `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  return [{ ...child, port, adminUrl }, data];
};

/** Starts a Postgres server on loopback and waits until it accepts connections. Throws `SetupError`. */
export const startPostgres = async (options: PostgresOptions): Promise<PostgresServer> => {
  const [server, data] = await spawnPostgres(options, options.port ?? (await freePort()));
  try {
    await untilReady(server, data, options.logFile);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
};
