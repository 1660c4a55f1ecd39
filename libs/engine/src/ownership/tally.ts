import { type Clock } from '@cordboard/kernel';

/** Counts what comes in bursts, so that ten thousand of it are one line. */
export interface Tally {
  readonly count: (what: string) => void;
  /** Tells at once what was counted. */
  readonly flush: () => void;
}

const BURST_MS = 1_000;

/** `tell` hears, a second after the first of a burst, how often there was what. */
export const createTally = (
  clock: Clock,
  tell: (counts: Readonly<Record<string, number>>) => void,
): Tally => {
  const counts = new Map<string, number>();
  let cancel: (() => void) | null = null;

  const flush = (): void => {
    cancel?.();
    cancel = null;
    if (counts.size > 0) tell(Object.fromEntries(counts));
    counts.clear();
  };

  return {
    flush,
    count: (what) => {
      counts.set(what, (counts.get(what) ?? 0) + 1);
      cancel ??= clock.after(BURST_MS, flush);
    },
  };
};
