import { type Figures, figuresOf, microseconds } from './figures.ts';
import { ticking } from './ticking.ts';

type Contestants<Name extends string> = Readonly<Record<Name, () => Promise<number>>>;

/**
 * One turn of each to warm up, then `rounds` turns of each in turn, in the opposite order every other round: what the
 * machine does meanwhile falls on all alike. The numbers that each gave, in the order of the rounds.
 */
export const interleaved = async <Name extends string>(
  contestants: Contestants<Name>,
  rounds: number,
): Promise<Readonly<Record<Name, readonly number[]>>> => {
  const names = Object.keys(contestants) as Name[];
  const given = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const name of names) await contestants[name]();
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) given[name].push(await contestants[name]());
  }
  return given;
};

/** The figures of a / b, round by round. */
export const ratioOf = (a: readonly number[], b: readonly number[]): Figures => {
  if (a.length !== b.length || a.length === 0)
    throw new Error(`${a.length} rounds do not compare with ${b.length}`);
  return figuresOf(a.map((one, round) => one / (b[round] ?? NaN)));
};

export interface ClosedLoop {
  /** Operations that ended, by the time until the last of them did. */
  readonly perSecond: number;
  readonly latenciesUs: readonly number[];
}

/** Each worker does the task over and over, the next as soon as the last ended, until the time is over; once at least. */
export const closedLoop = async (
  workers: number,
  ms: number,
  task: (worker: number) => Promise<unknown>,
): Promise<ClosedLoop> => {
  const latenciesUs: number[] = [];
  const since = microseconds();
  const until = since + ms * 1_000;
  const work = async (worker: number): Promise<void> => {
    let started = microseconds();
    do {
      await task(worker);
      const ended = microseconds();
      latenciesUs.push(ended - started);
      started = ended;
    } while (started < until);
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return { perSecond: (latenciesUs.length * 1_000_000) / (microseconds() - since), latenciesUs };
};

export interface OpenLoop {
  /** From the moment at which each should have begun, whether it could or not. */
  readonly latenciesUs: readonly number[];
  /** Those whose turn came while too many were under way. */
  readonly notStarted: number;
}

const MOST_IN_FLIGHT = 10_000;

/**
 * Begins the task at a fixed rate whatever becomes of those before; latency counts from the intended time, so that a
 * stall is seen by all that it held up. Raises what a task raises.
 */
export const openLoop = async (
  perSecond: number,
  ms: number,
  task: (n: number) => Promise<unknown>,
): Promise<OpenLoop> => {
  const latenciesUs: number[] = [];
  const inFlight = new Set<Promise<void>>();
  let notStarted = 0;
  await ticking(perSecond, Math.max(1, Math.floor((perSecond * ms) / 1_000)), (n, intendedUs) => {
    if (inFlight.size >= MOST_IN_FLIGHT) {
      notStarted += 1;
      return;
    }
    const one: Promise<void> = task(n).then(() => {
      latenciesUs.push(microseconds() - intendedUs);
      inFlight.delete(one);
    });
    inFlight.add(one);
    // Raised below; until then it is not unheard.
    one.catch(() => undefined);
  });
  await Promise.all(inFlight);
  return { latenciesUs, notStarted };
};
