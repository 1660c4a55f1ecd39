import { FIRST_RETRY_MS, MAX_RETRY_MS } from './limits.ts';

/** How long to wait before the next try: 1, 2, 4 ... 30 s (bridge A.9), each up to a fifth more or less. */
export interface BackOff {
  readonly next: () => number;
  /** The connection works: the next loss begins at 1 s again. */
  readonly reset: () => void;
}

/** `random` gives numbers from 0 up to 1: it keeps a fleet of adapters from coming back in step. */
export const createBackOff = (random: () => number): BackOff => {
  let delayMs = FIRST_RETRY_MS;
  return {
    next: () => {
      const spread = 0.8 + 0.4 * random();
      const wait = Math.round(delayMs * spread);
      delayMs = Math.min(delayMs * 2, MAX_RETRY_MS);
      return wait;
    },
    reset: () => void (delayMs = FIRST_RETRY_MS),
  };
};
