import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  type DatabaseSetup,
  endProcess,
  ensureDatabase,
  isRunning,
  leftovers,
  type PostgresOptions,
  postgresUser,
  type PostgresServer,
  rememberProcess,
  removeServerHome,
  startPostgres,
} from './index.ts';
import { serverHome } from './server-home.ts';

const PASSWORD = 'a password of the spec';
let dataDir = '';
let running: PostgresServer[] = [];

const start = async (
  more: Partial<Pick<PostgresOptions, 'password' | 'port' | 'environment'>> = {},
): Promise<PostgresServer> => {
  const logFile = join(dataDir, 'postgres.log');
  const server = await startPostgres({ dataDir, logFile, password: PASSWORD, durable: false, ...more });
  running.push(server);
  return server;
};

const ask = async (url: string, query: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: unknown }>(query);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
};

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cordboard-embedded-'));
});
afterEach(async () => {
  for (const server of running) await server.stop();
  running = [];
});
afterAll(() => {
  removeServerHome(dataDir, postgresUser());
  rmSync(dataDir, { recursive: true });
});

describe('startPostgres', () => {
  it('keeps its data, its port and its password over a restart', async () => {
    const first = await start();
    await ask(first.adminUrl, 'CREATE TABLE kept(n int)');
    await first.stop();
    expect(isRunning(first)).toBe(false);
    const second = await start({ port: first.port });
    expect(second.adminUrl).toBe(first.adminUrl);
    expect(await ask(second.adminUrl, 'SELECT count(*)::int AS value FROM kept')).toBe(0);
  });

  it('gives the server what is added to its environment', async () => {
    const { adminUrl } = await start({ environment: { OF_THE_SPEC: 'given' } });
    await ask(adminUrl, 'CREATE TABLE heard(value text)');
    await ask(adminUrl, `COPY heard FROM PROGRAM 'echo $OF_THE_SPEC'`);
    expect(await ask(adminUrl, 'SELECT value FROM heard')).toBe('given');
  });

  it('comes back after it was killed', async () => {
    const first = await start();
    first.kill();
    expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
    const second = await start({ port: first.port });
    expect(await ask(second.adminUrl, 'SELECT 1 AS value')).toBe(1);
  });

  it('listens on loopback alone and lets nobody in without the password', async () => {
    const { adminUrl } = await start();
    expect(await ask(adminUrl, `SELECT current_setting('listen_addresses') AS value`)).toBe('127.0.0.1');
    const wrong = adminUrl.replace(encodeURIComponent(PASSWORD), 'guess');
    await expect(ask(wrong, 'SELECT 1')).rejects.toThrow('password authentication failed');
  });

  it('never runs as root, and its data is readable by nobody else', async () => {
    const { pid } = await start();
    const user = postgresUser();
    const home = serverHome(dataDir, user);
    expect(statSync(join(home, 'postgres')).mode & 0o077).toBe(0);
    const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    expect(Number(uid)).toBe(user?.uid ?? process.getuid?.());
    expect(Number(uid)).not.toBe(0);
  });

  it('is ended at once when what is left of a killed start is found', async () => {
    const server = await start();
    rememberProcess(join(dataDir, 'run'), 'postgres', server);
    const [found, ...others] = leftovers(join(dataDir, 'run'));
    expect(found).toEqual({ name: 'postgres', pid: server.pid, startedAt: server.startedAt });
    expect(others).toEqual([]);
    if (found !== undefined) await endProcess(found, 'SIGINT', 10_000);
    expect(await server.exited).toEqual({ code: 0, signal: null });
    expect(leftovers(join(dataDir, 'run'))).toEqual([]);
  });

  it('says in one line that the password is another one', async () => {
    await (await start()).stop();
    await expect(start({ password: 'another' })).rejects.toThrow(/another password.*--fresh/);
  });

  it('says in one line that the data is of another major version', async () => {
    await (await start()).stop();
    const file = join(serverHome(dataDir, postgresUser()), 'postgres', 'PG_VERSION');
    const version = readFileSync(file, 'utf8');
    writeFileSync(file, '12\n');
    await expect(start()).rejects.toThrow(/was written by Postgres 12.*--fresh/);
    writeFileSync(file, version);
  });

  it('says in one line that the port is taken', async () => {
    const { port } = await start();
    const other = mkdtempSync(join(tmpdir(), 'cordboard-embedded-'));
    const logFile = join(other, 'postgres.log');
    try {
      await expect(
        startPostgres({ dataDir: other, logFile, password: PASSWORD, port, durable: false }),
      ).rejects.toThrow('Postgres ended at once');
    } finally {
      removeServerHome(other, postgresUser());
      rmSync(other, { recursive: true });
    }
  });
});

describe('ensureDatabase', () => {
  it('makes the two roles once and changes nothing when run again', async () => {
    const { adminUrl } = await start();
    const setup: DatabaseSetup = {
      adminUrl,
      database: 'product',
      ownerPassword: 'o',
      applicationPassword: 'a',
    };
    const { ownerUrl } = await ensureDatabase(setup);
    await ask(ownerUrl, 'CREATE TABLE kept(n int)');
    const { applicationUrl } = await ensureDatabase({ ...setup, applicationPassword: 'new' });
    expect(applicationUrl).toContain(':new@');
    expect(await ask(applicationUrl, `SELECT to_regclass('kept') IS NOT NULL AS value`)).toBe(true);
    await expect(ask(applicationUrl, 'DROP TABLE kept')).rejects.toThrow('must be owner');
  });
});
