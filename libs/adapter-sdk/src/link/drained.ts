import { type Clock } from '@cordboard/kernel';
import { DRAIN_MS } from './limits.ts';

const POLL_MS = 20;

/** Settles when nothing is under way any more, or after two seconds. */
export const drained = async (clock: Clock, underWay: () => number): Promise<void> => {
  const until = clock.now() + DRAIN_MS;
  while (underWay() > 0 && clock.now() < until) {
    await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
  }
};
