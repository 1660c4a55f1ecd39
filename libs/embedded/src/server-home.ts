import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type RunUser } from './postgres-user.ts';

const SYSTEM_FOLDER = '/var/lib/cordboard';

/** Where binaries are copied when the server runs under another user than ours. */
export const sharedBinaries = join(SYSTEM_FOLDER, 'bin');

/**
 * The folder that holds the database of a data folder. Started by root, the server runs under its own user,
 * which may not be let into the data folder (a home, a 0700 temporary folder): then it is a folder of the
 * system, and the data folder says where.
 */
export const serverHome = (dataDir: string, user: RunUser | null): string => {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (user === null) return dataDir;
  const name = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  const home = join(SYSTEM_FOLDER, name);
  mkdirSync(home, { recursive: true });
  chmodSync(SYSTEM_FOLDER, 0o755);
  chmodSync(home, 0o755);
  writeFileSync(join(dataDir, 'server-home'), `${home}\n`);
  return home;
};

/** Forgets the database of a data folder, wherever it lies. */
export const removeServerHome = (dataDir: string, user: RunUser | null): void => {
  const home = serverHome(dataDir, user);
  rmSync(join(home, 'postgres'), { recursive: true, force: true });
  if (user !== null) rmSync(home, { recursive: true, force: true });
};
