import { type Clock } from '@cordboard/kernel';

/** Notices that this process stood still: stopped, swapped out, or busy with something else. */
export interface StallWatch {
  /** True from the moment on at which it is noticed. */
  readonly stalled: () => boolean;
  readonly stop: () => void;
}

const TICK_MS = 250;

/** What was believed before a stall of `limitMs` may be wrong after it: others had the time to take over. */
export const createStallWatch = (clock: Clock, limitMs: number): StallWatch => {
  let seenAt = clock.now();
  let found = false;
  let cancel = (): void => undefined;
  const stalled = (): boolean => {
    found ||= clock.now() - seenAt > limitMs;
    if (!found) seenAt = clock.now();
    return found;
  };
  const tick = (): void => {
    if (!stalled()) cancel = clock.after(TICK_MS, tick);
  };
  tick();
  return { stalled, stop: () => cancel() };
};
