import { type VirtualClock } from '@cordboard/testing';

const STEP_MS = 50;

/** Lets what is on its way arrive, as far as that needs no time to pass. */
const turn = async (): Promise<void> => {
  for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
};

/** Lets the world turn, and time pass when that alone does not help, until the promise settles. */
export const passing = async <T>(clock: VirtualClock, promise: Promise<T>): Promise<T> => {
  let settled = false;
  const watched = promise.finally(() => (settled = true));
  watched.catch(() => undefined);
  while (!settled) {
    await turn();
    if (!settled) clock.advance(STEP_MS);
  }
  return watched;
};
