import { createFaults, type FaultCounts } from './faults/faults.ts';
import { type FaultKind } from './faults/kinds.ts';
import { check } from './checker/check.ts';
import { type Violation } from './checker/violation.ts';
import { playFinale } from './workload/finale.ts';
import { createCallers } from './workload/callers.ts';
import { createPerson } from './workload/person.ts';
import { storyOf } from './story.ts';
import { banRealTime } from './world/real-time.ts';
import { createWorld, type Spoilt, type World } from './world/world.ts';

export interface RunOptions {
  readonly seed: number;
  /** Commands that the agents send, repetitions not counted. */
  readonly commands: number;
  readonly spoilt?: Spoilt | undefined;
  /** These kinds of fault alone; drawn from the seed when absent. */
  readonly faults?: readonly FaultKind[] | undefined;
  readonly trace?: ((line: string) => void) | undefined;
  /** Gets what browsers, log and switch say of the run. */
  readonly onStory?: ((lines: readonly string[]) => void) | undefined;
}

/** What one seed came to. */
export interface RunReport {
  readonly seed: number;
  readonly commands: number;
  readonly events: number;
  readonly steps: number;
  readonly faults: FaultCounts;
  readonly violations: readonly Violation[];
  /** The same for every run of this seed with this code. */
  readonly hash: string;
}

/** Adapters say hello, workers hear of them, lanes open. */
const WARM_UP_MS = 2_000;
const SLICE_MS = 1_000;
/** Work goes on for so long at most. */
const MAX_WORK_MS = 120_000;
/** After the last fault everything must come to its end within this time: the longest time limit, and some. */
const MAX_REST_MS = 200_000;
/** Then browsers hear by a renewal what they missed last. */
const QUIET_MS = 11_000;

const play = async (world: World, options: RunOptions): Promise<RunReport> => {
  const { scheduler, random, workers, edges, phones, tabs, database } = world;
  let left = options.commands;
  const spend = (): boolean => {
    if (left <= 0) return false;
    left -= 1;
    return true;
  };
  for (const process of [...workers, ...edges, world.follower]) process.start();
  phones.start();
  await scheduler.runUntil(scheduler.now() + WARM_UP_MS);

  const people = tabs.map((pair, index) =>
    createPerson({ scheduler, random: random.fork(`person ${String(index)}`), tabs: pair, spend }),
  );
  for (const person of people) person.begin();
  const callers = createCallers(world, random.fork('callers'));
  const faults = createFaults(world, random.fork('faults'), options.faults);
  const workUntil = scheduler.now() + MAX_WORK_MS;
  while (left > 0 && scheduler.now() < workUntil) await scheduler.runUntil(scheduler.now() + SLICE_MS);
  left = 0;
  callers.stop();
  faults.stop();

  const isOver = (): boolean => people.every((person) => person.waiting() === 0);
  const restUntil = scheduler.now() + MAX_REST_MS;
  await scheduler.runUntil(scheduler.now() + SLICE_MS);
  while (!isOver() && scheduler.now() < restUntil) await scheduler.runUntil(scheduler.now() + SLICE_MS);
  await scheduler.runUntil(scheduler.now() + QUIET_MS);
  for (const pair of tabs) for (const tab of pair) tab.finish();
  const finale = await playFinale(world);
  options.onStory?.(storyOf(world));
  return {
    seed: options.seed,
    commands: world.clients.asked.size,
    events: [...database.log.streams.values()].reduce((sum, rows) => sum + rows.length, 0),
    steps: scheduler.step(),
    faults: faults.counts,
    violations: check(world, finale),
    hash: scheduler.hash(),
  };
};

/** Runs one seed from beginning to end and looks at what is left of it. */
export const runSeed = async (options: RunOptions): Promise<RunReport> => {
  const world = createWorld(options);
  const { scheduler } = world;
  const allowRealTime = banRealTime((task) => scheduler.at(scheduler.now(), null, 'immediate', task));
  try {
    return await play(world, options);
  } finally {
    allowRealTime();
  }
};
