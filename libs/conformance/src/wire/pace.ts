import { setTimeout as delay } from 'node:timers/promises';

export interface PaceOptions {
  readonly perSecond: number;
  readonly burst: number;
}

/** Waits until one more frame may be sent without being taken for a flood. */
export type Pace = () => Promise<void>;

/** Well under the 50 a second and 100 at once that a server allows. */
const WITHIN_THE_LIMITS: PaceOptions = { perSecond: 40, burst: 80 };

export const createPace = ({ perSecond, burst }: PaceOptions = WITHIN_THE_LIMITS): Pace => {
  let left = burst;
  let filledAt = Date.now();
  const fill = (): void => {
    const now = Date.now();
    left = Math.min(burst, left + ((now - filledAt) * perSecond) / 1000);
    filledAt = now;
  };
  return async () => {
    for (fill(); left < 1; fill()) await delay(Math.ceil(((1 - left) * 1000) / perSecond));
    left -= 1;
  };
};
