import { setTimeout as delay } from 'node:timers/promises';
import { cpuDuring } from '../harness/cpu.ts';
import { figuresOf } from '../harness/figures.ts';
import { type ClosedLoop, type OpenLoop } from '../harness/rounds.ts';
import { type Helper } from './helper.ts';

/** What one turn of a chain showed. */
export interface Turn {
  readonly perSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Commands whose turn came while too many were under way. */
  readonly notStarted: number;
  /** CPU microseconds that each process took for one command, what it did afterwards included. */
  readonly cpuUs: Readonly<Record<string, number>>;
}

interface Asked {
  readonly sessions: number;
  readonly ms: number;
  readonly perSecond?: number;
}

/** A chain with agents in calls at its end. */
export interface Chain {
  /** So many agents, each giving the next command when the last is answered. */
  readonly closed: (sessions: number, ms: number) => Promise<Turn>;
  /** So many commands a second, whatever becomes of them, by any of so many agents. */
  readonly open: (sessions: number, perSecond: number, ms: number) => Promise<Turn>;
}

export interface ChainParts {
  readonly load: Helper;
  /** The processes of this chain alone, by name. */
  readonly own: Readonly<Record<string, number>>;
  /** Those that it shares with others. */
  readonly shared: Readonly<Record<string, number>>;
}

const QUIET_MS = 200;
/** A fifth of one core. */
const QUIET_S = 0.04;
const PATIENCE_MS = 10_000;

/** What was left to be done later is done now, on the time of those who left it. */
const untilQuiet = async (pids: Readonly<Record<string, number>>): Promise<void> => {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const cpu = Object.values(await cpuDuring(pids, () => delay(QUIET_MS)));
    if (cpu.reduce((sum: number, seconds) => sum + (seconds ?? 0), 0) <= QUIET_S) return;
  }
};

/** The `share`th part of the latencies is below; 0.5 for the middle. */
const below = (latenciesUs: readonly number[], share: number): number => {
  const sorted = latenciesUs.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
};

export const chainOf = ({ load, own, shared }: ChainParts): Chain => {
  const turn = async (name: string, given: Asked): Promise<Turn> => {
    let found: (ClosedLoop | OpenLoop) | undefined;
    const cpu = await cpuDuring({ ...own, ...shared, 'load generator': load.pid }, async () => {
      found = (await load.ask(name, given)) as ClosedLoop | OpenLoop;
      await untilQuiet(own);
    });
    if (found === undefined) throw new Error('the load generator told nothing');
    const { latenciesUs } = found;
    const commands = latenciesUs.length;
    const each = Object.entries(cpu).map(([who, s]) => [who, ((s ?? 0) * 1e6) / commands] as const);
    return {
      perSecond: 'perSecond' in found ? found.perSecond : (commands * 1_000) / given.ms,
      p50Us: figuresOf(latenciesUs).median,
      p99Us: below(latenciesUs, 0.99),
      notStarted: 'notStarted' in found ? found.notStarted : 0,
      cpuUs: Object.fromEntries(each),
    };
  };
  return {
    closed: (sessions, ms) => turn('closedLoop', { sessions, ms }),
    open: (sessions, perSecond, ms) => turn('openLoop', { sessions, perSecond, ms }),
  };
};
