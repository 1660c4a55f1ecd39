import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type PostgresBinaries } from './postgres-binaries.ts';
import { type RunUser } from './postgres-user.ts';
import { SetupError } from './setup-error.ts';

const run = promisify(execFile);

/** The superuser of an embedded server; the product itself never uses it. */
export const SUPERUSER = 'postgres';

export interface Cluster {
  readonly binaries: PostgresBinaries;
  /** Folder that holds `postgres`, the data. */
  readonly home: string;
  readonly user: RunUser | null;
  readonly password: string;
  /** False for tests: nothing waits for the disk, a crash of the machine loses the data. */
  readonly durable: boolean;
}

const checkMajor = (data: string, major: string): void => {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === major) return;
  throw new SetupError(
    `The data in ${data} was written by Postgres ${found}, this release runs ${major}: dump it with ${found}, or begin anew with npm start -- --fresh.`,
  );
};

const initdbOptions = (data: string, passwordFile: string, durable: boolean): string[] => [
  ...['-D', data, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'],
  ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions'],
  ...(durable ? [] : ['--no-sync']),
];

const initialise = async (data: string, cluster: Cluster): Promise<void> => {
  const { user, home } = cluster;
  const passwordFile = join(home, 'postgres.password');
  rmSync(data, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, cluster.password, { mode: 0o600 });
  if (user !== null) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await run(cluster.binaries.initdb, initdbOptions(data, passwordFile, cluster.durable), {
      ...(user ?? {}),
      cwd: '/',
      env: { PATH: process.env['PATH'] },
    });
  } catch (error) {
    const said = (error as { readonly stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw new SetupError(`Postgres could not make its data folder ${data}: ${said ?? String(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
};

/** Data folder of the server, made when absent. A start that was killed while making it leaves none behind. */
export const ensureCluster = async (cluster: Cluster): Promise<string> => {
  const data = join(cluster.home, 'postgres');
  if (existsSync(data)) {
    checkMajor(data, cluster.binaries.major);
    return data;
  }
  const half = join(cluster.home, 'postgres.new');
  await initialise(half, cluster);
  renameSync(half, data);
  return data;
};
