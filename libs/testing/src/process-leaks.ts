import { execFileSync } from 'node:child_process';

/** Ids of the processes that descend from this one, at this moment. */
export const descendants = (): readonly number[] => {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    // `ps` itself is a child while it looks; a zombie has ended.
    .filter(([, , stat, command]) => stat?.startsWith('Z') !== true && command !== 'ps')
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }));
  const below = (parent: number): number[] =>
    rows.filter((row) => row.parent === parent).flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(process.pid);
};

/**
 * Remembers which processes run now; the returned check gives those that came since and are still there, so
 * that a test fails when it leaves one behind.
 */
export const watchProcesses = (): (() => readonly number[]) => {
  const before = new Set(descendants());
  return () => descendants().filter((pid) => !before.has(pid));
};
