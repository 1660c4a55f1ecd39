const FIRST_MS = 200;
const LONGEST_MS = 10_000;

/**
 * Time before the `attempt`-th try to connect again (0 for the first), in ms: doubled each time up to 10 s,
 * between half and the whole of it by `random` (0 to 1), so that thousands of clients do not come back at once.
 */
export const backoffMs = (attempt: number, random: number): number => {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(whole / 2 + (whole / 2) * random);
};
