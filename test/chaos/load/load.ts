import { controlOf } from '../../e2e/support/control.ts';
import { randomFrom } from '../../e2e/support/random.ts';
import { eventually } from '@cordboard/testing';
import { type Town } from '../town/town.ts';
import { type Desk, openDesk } from './desk.ts';
import { work } from './work.ts';

/** Agents at work. */
export interface Load {
  readonly desks: readonly Desk[];
  /** Every agent is signed in and has done something. */
  readonly underWay: () => Promise<void>;
  /** No new commands; settles when every one under way was answered and every client has everything. */
  readonly rest: () => Promise<void>;
  readonly close: () => void;
}

export interface LoadOptions {
  readonly agents: number;
  readonly paceMs: number;
  readonly seed: number;
}

const FIRST_AGENT = 1001;
const AT_ONCE = 8;
const SETTLES_MS = 90_000;

const openAll = async (town: Town, { agents, seed }: LoadOptions): Promise<readonly Desk[]> => {
  const desks: Desk[] = [];
  for (let first = 0; first < agents; first += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, agents - first) }, (_, index) => first + index);
    const opened = batch.map((index) =>
      openDesk({ agent: String(FIRST_AGENT + index), doors: town.doors, random: randomFrom(seed + index) }),
    );
    desks.push(...(await Promise.all(opened)));
  }
  return desks;
};

const hasWorked = ({ log }: Desk): boolean =>
  log.entries.some((entry) => entry.kind === 'answer' && entry.command === 'channel.request.ready');

export const startLoad = async (town: Town, options: LoadOptions): Promise<Load> => {
  const desks = await openAll(town, options);
  const control = controlOf(town.simulatorUrl);
  let isOver = false;
  const working = desks.map((desk, index) =>
    work({
      desk,
      control,
      random: randomFrom(options.seed + 1_000_003 * (index + 1)),
      paceMs: options.paceMs,
      isOver: () => isOver,
    }),
  );
  return {
    desks,
    underWay: async () => {
      await eventually(() => desks.every(hasWorked), { timeoutMs: SETTLES_MS });
    },
    rest: async () => {
      isOver = true;
      await Promise.all(working);
      await eventually(() => desks.every((desk) => desk.isBound() && desk.unanswered() === 0), {
        timeoutMs: SETTLES_MS,
      });
    },
    close: () => {
      isOver = true;
      for (const desk of desks) desk.close();
    },
  };
};
