import { readFileSync } from 'node:fs';
import { type StackApp } from '@cordboard/testing';

/** Resident memory of a process in MiB, from /proc; null where there is none. */
const residentMiB = (pid: number): number | null => {
  try {
    const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
};

/** Resident memory of each app. */
export const memoryOf = (apps: readonly StackApp[]): ReadonlyMap<string, number> =>
  new Map(
    apps.flatMap(({ name, pid }) => {
      const mib = residentMiB(pid);
      return mib === null ? [] : [[name, mib] as const];
    }),
  );
