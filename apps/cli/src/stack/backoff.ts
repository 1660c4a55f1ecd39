const FIRST_MS = 200;
const LONGEST_MS = 5000;

/** How long to wait before the `attempt`-th restart in a row, counted from 0: 0.2 s, doubled, at most 5 s. */
export const restartDelayMs = (attempt: number): number =>
  Math.min(FIRST_MS * 2 ** Math.min(attempt, 10), LONGEST_MS);
