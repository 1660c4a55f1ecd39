import { type Clock } from '@cordboard/kernel';

/** Lets one loop sleep until it is woken; what wakes it while it works counts for its next sleep. */
export interface Wake {
  readonly up: () => void;
  readonly sleep: () => Promise<void>;
  /** Sleeps for so long whatever wakes it. */
  readonly pause: (ms: number) => Promise<void>;
  /** Ends every sleep and pause, also those to come. */
  readonly end: () => void;
}

export const createWake = (clock: Clock): Wake => {
  let woken = false;
  let ended = false;
  let rouse = (): void => undefined;
  let cutShort = (): void => undefined;
  return {
    up: () => {
      woken = true;
      rouse();
    },
    sleep: async () => {
      if (!woken && !ended) await new Promise<void>((resolve) => (rouse = resolve));
      woken = false;
    },
    pause: (ms) =>
      new Promise((resolve) => {
        if (ended) return resolve();
        const cancel = clock.after(ms, resolve);
        cutShort = () => {
          cancel();
          resolve();
        };
      }),
    end: () => {
      ended = true;
      rouse();
      cutShort();
    },
  };
};
