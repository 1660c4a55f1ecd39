import { type Random } from './random.ts';
import { type Actor, type Scheduler } from './scheduler.ts';

/** One direction of one connection: what goes in comes out later, in order, as TCP has it. */
export interface Line {
  readonly carry: (label: string, task: () => void) => void;
  /** Carries nothing for so long; what goes in waits. */
  readonly stall: (ms: number) => void;
  /** Loses what is under way, and all that goes in from now on. */
  readonly cut: () => void;
}

/** Between two things on one line lies at least this much, so that they keep their order. */
const APART_MS = 0.001;

/** Milliseconds from one end to the other: mostly quick, at times slow. */
const delayOf = (random: Random): number =>
  random.chance(0.02) ? random.next() * 20 : 0.05 + random.next() * 0.5;

export const createLine = (scheduler: Scheduler, random: Random, to: Actor | null): Line => {
  let last = 0;
  let alive = true;
  return {
    carry: (label, task) => {
      if (!alive) return;
      last = Math.max(last + APART_MS, scheduler.now() + delayOf(random));
      scheduler.at(last, to, label, () => {
        if (alive) task();
      });
    },
    stall: (ms) => {
      last = Math.max(last, scheduler.now() + ms);
    },
    cut: () => {
      alive = false;
    },
  };
};
