import { execFileSync } from 'node:child_process';
import { SetupError } from './setup-error.ts';

/** Under which user the database server runs. */
export interface RunUser {
  readonly uid: number;
  readonly gid: number;
}

const NAME = 'postgres';

const lookUp = (): RunUser | null => {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, NAME], { stdio: 'pipe' }).toString());
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
};

/**
 * Postgres refuses to run as root: then it runs as the user `postgres`, which is created when absent. Null for
 * any other user: the server runs as whoever starts it.
 */
export const postgresUser = (): RunUser | null => {
  if (process.getuid?.() !== 0) return null;
  const present = lookUp();
  if (present !== null) return present;
  try {
    execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME], {
      stdio: 'pipe',
    });
  } catch {
    throw new SetupError(
      'Postgres cannot run as root and user "postgres" is missing: create it, or start as another user.',
    );
  }
  const created = lookUp();
  if (created === null)
    throw new SetupError('User "postgres" was created but is not found: start as another user.');
  return created;
};
