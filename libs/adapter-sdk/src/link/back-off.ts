import { FIRST_RETRY_MS } from './limits.ts';

/** How long to wait before the next try: 1, 2, 4 s and so on up to a limit, each up to a fifth more or less. */
export interface BackOff {
  readonly next: () => number;
  /** The connection works: the next loss begins at 1 s again. */
  readonly reset: () => void;
}

/** `random` gives numbers from 0 up to 1: it keeps a fleet of adapters from coming back in step. */
export const createBackOff = (random: () => number, maxMs: number): BackOff => {
  let delayMs = FIRST_RETRY_MS;
  return {
    next: () => {
      const spread = 0.8 + 0.4 * random();
      const wait = Math.round(delayMs * spread);
      delayMs = Math.min(delayMs * 2, maxMs);
      return wait;
    },
    reset: () => void (delayMs = FIRST_RETRY_MS),
  };
};
