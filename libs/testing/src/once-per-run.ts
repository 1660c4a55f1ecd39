import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runFolder } from './run-folder.ts';

const WAIT_MS = 120_000;

const claims = (folder: string): boolean => {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
};

const publish = (file: string, outcome: unknown): void => {
  const half = `${file}.half`;
  writeFileSync(half, JSON.stringify(outcome), { mode: 0o600 });
  renameSync(half, file);
};

type Outcome<T> = { readonly value: T } | { readonly failure: string };

const awaited = async <T>(file: string, name: string): Promise<T> => {
  const until = Date.now() + WAIT_MS;
  while (!existsSync(file)) {
    if (Date.now() > until) throw new Error(`another worker did not finish "${name}"`);
    await delay(20);
  }
  const outcome = JSON.parse(readFileSync(file, 'utf8')) as Outcome<T>;
  if ('failure' in outcome) throw new Error(`${name}: ${outcome.failure}`);
  return outcome.value;
};

/** Does something once for all workers of a test run; the others wait for its outcome, good or bad. */
export const oncePerRun = async <T>(name: string, task: () => Promise<T>): Promise<T> => {
  const file = join(runFolder(), `${name}.json`);
  if (!claims(join(runFolder(), `${name}.lock`))) return awaited<T>(file, name);
  try {
    const value = await task();
    publish(file, { value });
    return value;
  } catch (error) {
    publish(file, { failure: String(error) });
    throw error;
  }
};
