import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

/** A process as its pid file remembers it. */
export interface Remembered extends ProcessIdentity {
  readonly name: string;
}

const SUFFIX = '.pid.json';
const fileOf = (folder: string, name: string): string => join(folder, `${name}${SUFFIX}`);

const readIdentity = (file: string): ProcessIdentity | null => {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : null;
  } catch {
    return null;
  }
};

/** Remembers a process, so that a later start finds it when ours is killed. */
export const rememberProcess = (folder: string, name: string, { pid, startedAt }: ProcessIdentity): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(folder, name), JSON.stringify({ pid, startedAt }), { mode: 0o600 });
};

export const forgetProcess = (folder: string, name: string): void => {
  rmSync(fileOf(folder, name), { force: true });
};

/** Processes of an earlier start that still run; files of those that do not are removed. */
export const leftovers = (folder: string): readonly Remembered[] => {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((file) => file.endsWith(SUFFIX))
    .flatMap((file) => {
      const name = file.slice(0, -SUFFIX.length);
      const identity = readIdentity(join(folder, file));
      if (identity !== null && isRunning(identity)) return [{ name, ...identity }];
      forgetProcess(folder, name);
      return [];
    });
};

/**
 * Takes the one place called `name` for this process. False when another running process holds it; a place
 * whose holder is dead is taken over.
 */
export const takePlace = (folder: string, name: string): boolean => {
  mkdirSync(folder, { recursive: true });
  const file = fileOf(folder, name);
  const mine = JSON.stringify(identify(process.pid));
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, mine, { mode: 0o600, flag: 'wx' });
      return true;
    } catch {
      const holder = readIdentity(file);
      if (holder !== null && isRunning(holder)) return false;
      rmSync(file, { force: true });
    }
  }
  return false;
};
