import { type Clock } from '@cordboard/kernel';

/** A clock that stands still until it is told to move. */
export interface VirtualClock extends Clock {
  /** Moves on by `ms`, running what falls due on the way, in order of time, then of setting. */
  readonly advance: (ms: number) => void;
  /** Moves on as for a process that stood still: what fell due meanwhile runs late, with the next `advance`. */
  readonly stall: (ms: number) => void;
  /** How many tasks wait. */
  readonly waiting: () => number;
}

interface Waiting {
  readonly at: number;
  readonly order: number;
  readonly task: () => void;
}

export const virtualClock = (startAt = Date.UTC(2026, 0, 1)): VirtualClock => {
  let now = startAt;
  let order = 0;
  const tasks = new Set<Waiting>();
  const nextUntil = (limit: number): Waiting | undefined =>
    [...tasks].filter(({ at }) => at <= limit).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  return {
    now: () => now,
    after: (delayMs, task) => {
      const waiting = { at: now + Math.max(0, delayMs), order: order++, task };
      tasks.add(waiting);
      return () => {
        tasks.delete(waiting);
      };
    },
    advance: (ms) => {
      const limit = now + ms;
      for (let due = nextUntil(limit); due !== undefined; due = nextUntil(limit)) {
        tasks.delete(due);
        now = Math.max(now, due.at);
        due.task();
      }
      now = limit;
    },
    stall: (ms) => {
      now += ms;
    },
    waiting: () => tasks.size,
  };
};
