import { execFile, execFileSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from './setup-error.ts';

const runFile = promisify(execFile);
const run = (program: string, args: readonly string[], cwd?: string): Promise<unknown> =>
  runFile(program, args, { cwd, env: process.env });
const NAME = 'nats-server';
const BY_HAND = 'see https://docs.nats.io/running-a-nats-service/introduction/installation';
const MINIMUM = [2, 9] as const;

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** A program on the PATH, or null. */
const onPath = (program: string): string | null =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, program))
    .find(isExecutable) ?? null;

const isRecentEnough = (binary: string): boolean => {
  const words = execFileSync(binary, ['--version'], { encoding: 'utf8' });
  const [, major, minor] = /v(\d+)\.(\d+)/.exec(words) ?? [];
  const [wantedMajor, wantedMinor] = MINIMUM;
  return Number(major) > wantedMajor || (Number(major) === wantedMajor && Number(minor) >= wantedMinor);
};

const isKnownToApt = async (): Promise<boolean> =>
  run('apt-cache', ['show', NAME]).then(
    () => true,
    () => false,
  );

/** Takes the program out of the distribution's package: nothing is installed, no service starts. */
const unpackFromApt = async (target: string): Promise<void> => {
  if (!(await isKnownToApt()) && process.getuid?.() === 0) await run('apt-get', ['update']);
  const folder = mkdtempSync(join(tmpdir(), 'cordboard-nats-'));
  try {
    // Root's apt drops its rights for the download, and then has to be let into the folder.
    chmodSync(folder, 0o777);
    await run('apt-get', ['download', NAME], folder);
    const archive = readdirSync(folder).find((file) => file.endsWith('.deb'));
    if (archive === undefined) throw new Error('no package came');
    await run('dpkg-deb', ['-x', join(folder, archive), join(folder, 'root')]);
    const half = `${target}.${process.pid}`;
    copyFileSync(join(folder, 'root', 'usr', 'sbin', NAME), half);
    chmodSync(half, 0o755);
    renameSync(half, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const fetchBinary = async (binDir: string): Promise<string> => {
  const target = join(binDir, NAME);
  mkdirSync(binDir, { recursive: true });
  if (onPath('apt-get') !== null && onPath('dpkg-deb') !== null) {
    try {
      await unpackFromApt(target);
      return target;
    } catch (error) {
      const said = (error as { readonly stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(error);
      throw new SetupError(
        `nats-server could not be fetched with apt-get (${said}): put it on the PATH, ${BY_HAND}`,
      );
    }
  }
  if (onPath('brew') !== null)
    throw new SetupError('nats-server is missing: run "brew install nats-server", then start again.');
  throw new SetupError(`nats-server is missing: put it on the PATH, ${BY_HAND}`);
};

/**
 * The nats-server to run: the one on the PATH, else the one in `binDir`, else the one of the distribution's
 * package, unpacked there. Throws `SetupError` with what to do.
 */
export const natsBinary = async (binDir: string): Promise<string> => {
  const local = join(binDir, NAME);
  const found = onPath(NAME) ?? (existsSync(local) ? local : await fetchBinary(binDir));
  if (isRecentEnough(found)) return found;
  throw new SetupError(
    `${found} is older than ${MINIMUM.join('.')}: install a newer nats-server, ${BY_HAND}`,
  );
};
