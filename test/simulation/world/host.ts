import { type Clock } from '@cordboard/kernel';
import { type Actor, type Scheduler } from './scheduler.ts';

/** A process, or a machine with one: it has a clock of its own, can die, and can stand still. */
export interface Host extends Actor {
  readonly clock: Clock;
  /** Ends at once: nothing that it waits for comes to it any more. */
  readonly crash: () => void;
  /** Stands still, as after SIGSTOP; what comes meanwhile waits. */
  readonly freeze: () => void;
  /** Goes on with what came meanwhile, in its order. */
  readonly thaw: () => void;
  readonly isFrozen: () => boolean;
  /** Hears of the end, to let go of its connections. */
  readonly onCrash: (task: () => void) => void;
  readonly at: Scheduler['at'];
}

/** `skewMs`: how far its clock is from the true time. */
export const createHost = (scheduler: Scheduler, name: string, skewMs = 0): Host => {
  let dead = false;
  let kept: (() => void)[] | null = null;
  const endings: (() => void)[] = [];
  const host: Host = {
    name,
    isDead: () => dead,
    isFrozen: () => kept !== null,
    keep: (task) => {
      kept?.push(task);
      return kept !== null;
    },
    clock: {
      now: () => Math.floor(scheduler.now()) + skewMs,
      after: (delayMs, task) =>
        scheduler.at(scheduler.now() + Math.max(0, delayMs), host, `timer ${String(delayMs)}`, task),
    },
    crash: () => {
      if (dead) return;
      dead = true;
      for (const task of endings) task();
    },
    freeze: () => {
      kept ??= [];
    },
    thaw: () => {
      const tasks = kept ?? [];
      kept = null;
      tasks.forEach((task, index) => scheduler.at(scheduler.now() + index / 1_000, host, 'thawed', task));
    },
    onCrash: (task) => void endings.push(task),
    at: scheduler.at,
  };
  return host;
};
