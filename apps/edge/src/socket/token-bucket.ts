/** How often something may happen. */
export interface Rate {
  readonly perSecond: number;
  /** At once, after a pause. */
  readonly burst: number;
}

/** Says of each event, at `now` in ms, whether the rate still allows it. */
export const createTokenBucket = ({ perSecond, burst }: Rate): ((now: number) => boolean) => {
  let tokens = burst;
  let filledAt: number | null = null;
  return (now) => {
    const elapsedMs = Math.max(0, now - (filledAt ?? now));
    tokens = Math.min(burst, tokens + (elapsedMs * perSecond) / 1000);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
