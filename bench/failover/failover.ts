import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { type Bus } from '@cordboard/bus';
import { eventually, type StackApp } from '@cordboard/testing';
import { Client } from 'pg';
import { figuresOf } from '../harness/figures.ts';
import { type Outcome } from '../outcome.ts';
import { type Fleet, openFleet } from './fleet.ts';
import { openSeats, type Seats } from './seats.ts';
import { askAll, askEvenly, askNobody, askStopped, type Waits } from './waves.ts';

/** In ms. `last`: all sessions answered again; `worst`: of questions spread over a second; `stopped`: a hung owner. */
const MOST_MS = { last: 1_000, worst: 300, stopped: 500 };
const FEW_AT_ONCE = 1_000;
const OVER_MS = 1_000;
/** A new worker hears of the adapters and beats before anything happens. */
const SETTLED_MS = 3_000;

export interface FailoverOptions {
  readonly sessions: number;
  /** Sessions asked while their owner hangs. */
  readonly asked: number;
  /** For the session workers, for example to profile them. */
  readonly execArgv?: readonly string[] | undefined;
}

interface Log {
  readonly rows: number;
  readonly initialized: number;
  readonly completed: number;
}

const LOG = `
SELECT count(*)::int AS rows, count(*) FILTER (WHERE name = 'session.initialized')::int AS initialized,
  count(*) FILTER (WHERE type = 'CommandCompleted')::int AS completed FROM events`;

const openLog = async (url: string) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    read: async (): Promise<Log> => {
      const { rows } = await client.query<Log>(LOG);
      return rows[0] ?? { rows: 0, initialized: 0, completed: 0 };
    },
    close: () => client.end(),
  };
};

const ofWaits = (waits: Waits) => {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { medianMs: figuresOf(waits).median, p99Ms: at(0.99), lastMs: at(1) };
};

type Found = ReturnType<typeof ofWaits>;

/** Each worker in turn is the only owner, with another one that waits beside it. */
const measure = async (fleet: Fleet, seats: Seats, first: StackApp, asked: number) => {
  let owner = first;
  const next = async (task: (owner: StackApp) => Promise<Waits>): Promise<Found> => {
    const heir = await fleet.hire();
    await delay(SETTLED_MS);
    const waits = await task(owner);
    owner = heir;
    return ofWaits(waits);
  };
  const { all } = seats;
  const { bus } = fleet;
  const atOnce = await next((dead) => askAll(dead, all, all.length));
  const few = await next((dead) => askAll(dead, all, FEW_AT_ONCE));
  const evenly = await next((dead) => askEvenly(dead, all, OVER_MS));
  const silent = await next((dead) => askNobody(dead, bus, all.length));
  const frozen = owner;
  const stopped = await next((hung) => askStopped(hung, all.slice(0, asked)));
  const awake = await wake(frozen, all.slice(0, asked), bus);
  return { atOnce, few, evenly, silent, stopped, awake };
};

/** The hung owner goes on: nothing of what it thinks it owns is done twice or gets lost. */
const wake = async (frozen: StackApp, seats: Seats['all'], bus: Bus): Promise<Found> => {
  frozen.resume();
  const waits = await Promise.all(
    seats.map(async ({ ask }) => {
      const sentAt = performance.now();
      return (await ask()) - sentAt;
    }),
  );
  await bus.flush();
  return ofWaits(waits);
};

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const kept = (value: number, most: number): string =>
  value <= most ? `to be ${ms(most)} or less` : `to be ${ms(most)} or less: MISSED`;
const inWords = ({ medianMs, p99Ms, lastMs }: Found): string =>
  `median ${ms(medianMs)}, p99 ${ms(p99Ms)}, last ${ms(lastMs)}`;

interface Around {
  readonly sessions: number;
  readonly setUpS: number;
  readonly rowsEach: number;
  readonly answered: number;
  readonly recorded: number;
  readonly putOff: number;
}

const summary = (found: Awaited<ReturnType<typeof measure>>, around: Around): Outcome => {
  const { atOnce, few, evenly, silent, stopped, awake } = found;
  const { sessions, setUpS, rowsEach, answered, recorded, putOff } = around;
  const last = Math.min(atOnce.lastMs, few.lastMs);
  const good =
    last <= MOST_MS.last &&
    evenly.lastMs <= MOST_MS.worst &&
    stopped.lastMs <= MOST_MS.stopped &&
    answered === recorded;
  return {
    good,
    lines: [
      `${sessions} sessions of ${rowsEach.toFixed(0)} rows on ${cpus().length} cores that all processes share, this one too; opened in ${setUpS.toFixed(0)} s`,
      `their only owner is killed (kill -9); from then on to the answer of each session:`,
      `  all asked at once:     ${inWords(atOnce)}`,
      `  ${FEW_AT_ONCE} asked at a time: ${inWords(few)}`,
      `  the better of the two, at the last session: ${ms(last)}, ${kept(last, MOST_MS.last)}`,
      `asked evenly over ${OVER_MS} ms, from the question on: ${inWords(evenly)}, ${kept(evenly.lastMs, MOST_MS.worst)}`,
      `nobody asks, to the next owner: ${inWords(silent)}`,
      `the owner hangs (stopped process): ${inWords(stopped)}, ${kept(stopped.lastMs, MOST_MS.stopped)}`,
      `when it goes on: ${inWords(awake)}`,
      `commands answered: ${answered}; recorded: ${recorded}; told to try again: ${putOff}`,
    ],
    result: { limitsMs: MOST_MS, cores: cpus().length, ...around, ...found },
  };
};

/**
 * What becomes of sessions whose only owner is killed or hangs: real session workers, Postgres (which does not wait
 * for its disk) and NATS; the switch and the edges are played in this process.
 */
export const failover = async ({ sessions, asked, execArgv }: FailoverOptions): Promise<Outcome> => {
  const fleet = await openFleet(execArgv);
  const log = await openLog(fleet.database.adminUrl);
  try {
    const owner = await fleet.hire();
    const since = performance.now();
    const seats = await openSeats(fleet.bus, sessions);
    const { rows } = await eventually(async () => {
      const now = await log.read();
      return now.initialized >= sessions ? now : null;
    });
    const setUpS = (performance.now() - since) / 1_000;
    const found = await measure(fleet, seats, owner, asked);
    seats.stop();
    const { completed } = await log.read();
    return summary(found, {
      sessions,
      setUpS,
      rowsEach: rows / sessions,
      answered: seats.answered(),
      recorded: completed,
      putOff: seats.putOff(),
    });
  } catch (error) {
    throw new Error(`${String(error)}\n${fleet.logs().slice(-4_000)}`, { cause: error });
  } finally {
    await log.close();
    await fleet.close();
  }
};
