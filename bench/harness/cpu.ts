import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Ticks a second in which Linux counts; the same on all that Node runs on. */
const TICKS = 100;

interface Stat {
  readonly parent: number;
  readonly own: number;
  readonly endedChildren: number;
}

/** Null when the process has ended. */
const statOf = (pid: number): Stat | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold blanks; what follows its bracket does not.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user = 0, system = 0, ...ofChildren] = fields.slice(11, 15).map(Number);
    return {
      parent: Number(fields[1]),
      own: (user + system) / TICKS,
      endedChildren: ofChildren.reduce((sum, ticks) => sum + ticks, 0) / TICKS,
    };
  } catch {
    return null;
  }
};

/** CPU seconds that a process took so far, with its children; this very process alone, without them. Linux only. */
export const cpuSecondsOf = (pid: number): number => {
  if (pid === process.pid) return statOf(pid)?.own ?? 0;
  const all = new Map<number, Stat>();
  for (const name of readdirSync('/proc')) {
    const stat = /^[0-9]+$/.test(name) ? statOf(Number(name)) : null;
    if (stat !== null) all.set(Number(name), stat);
  }
  const sum = (of: number): number => {
    const { own = 0, endedChildren = 0 } = all.get(of) ?? {};
    const children = [...all].filter(([, { parent }]) => parent === of);
    return own + endedChildren + children.reduce((total, [child]) => total + sum(child), 0);
  };
  return sum(pid);
};

/** Whether this machine tells what other processes take. */
const canCountCpu = (): boolean => existsSync('/proc/self/stat');

/**
 * CPU seconds that each process took during a task, empty where the machine does not tell. Children count,
 * but for `process.pid`: that is the load generator, with the threads of its runtime.
 */
export const cpuDuring = async <Name extends string>(
  pids: Readonly<Record<Name, number>>,
  task: () => Promise<unknown>,
): Promise<Readonly<Partial<Record<Name, number>>>> => {
  const names = (canCountCpu() ? Object.keys(pids) : []) as Name[];
  const before = names.map((name) => cpuSecondsOf(pids[name]));
  await task();
  const taken = names.map((name, n) => [name, cpuSecondsOf(pids[name]) - (before[n] ?? 0)] as const);
  return Object.fromEntries(taken) as Partial<Record<Name, number>>;
};
