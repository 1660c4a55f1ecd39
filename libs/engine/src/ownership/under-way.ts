import { type Clock } from '@cordboard/kernel';

/** What has been begun and not ended. */
export interface UnderWay {
  readonly follow: (task: Promise<void>) => Promise<void>;
  /** Settles when all of it has ended, or after so long. */
  readonly end: (patienceMs: number) => Promise<void>;
}

export const createUnderWay = (clock: Clock): UnderWay => {
  const tasks = new Set<Promise<void>>();
  return {
    follow: (task) => {
      const followed = task.finally(() => tasks.delete(followed));
      tasks.add(followed);
      return followed;
    },
    end: async (patienceMs) => {
      let cancel = (): void => undefined;
      const patience = new Promise<void>((resolve) => {
        cancel = clock.after(patienceMs, resolve);
      });
      await Promise.race([Promise.allSettled(tasks), patience]);
      cancel();
    },
  };
};
