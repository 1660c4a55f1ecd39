import { MAX_DISPOSED_OBJECTS } from './limits.ts';

/** What was disposed in one session, by the key of its native ids, so that what is told of it later is dropped. */
export interface DisposedObjects {
  readonly add: (key: string) => void;
  /** Something is registered under these native ids again. */
  readonly registered: (key: string) => void;
  /** Whether this, or what it was below, is gone. */
  readonly isGone: (key: string) => boolean;
  /** Whether it is gone, or was once after so many disposals and came back since. */
  readonly wasGone: (key: string, after: number) => boolean;
  /** Disposals so far. */
  readonly count: () => number;
  readonly reset: () => void;
}

interface Disposed {
  readonly number: number;
  isGone: boolean;
}

const SEPARATOR = '\u0000';
/** The key of what its steps lead to. */
export const keyOfSteps = (steps: readonly string[]): string => steps.join(SEPARATOR);
export const isAtOrBelow = (key: string, ancestor: string): boolean =>
  key === ancestor || key.startsWith(ancestor + SEPARATOR);

export const createDisposedObjects = (): DisposedObjects => {
  const disposed = new Map<string, Disposed>();
  let count = 0;

  const above = (key: string): readonly Disposed[] =>
    [...disposed].filter(([other]) => isAtOrBelow(key, other)).map(([, found]) => found);

  return {
    add: (key) => {
      count += 1;
      disposed.delete(key);
      disposed.set(key, { number: count, isGone: true });
      const [oldest] = disposed.keys();
      if (disposed.size > MAX_DISPOSED_OBJECTS && oldest !== undefined) disposed.delete(oldest);
    },
    registered: (key) => {
      const before = disposed.get(key);
      if (before !== undefined) before.isGone = false;
    },
    isGone: (key) => above(key).some(({ isGone }) => isGone),
    wasGone: (key, after) => above(key).some(({ number, isGone }) => isGone || number > after),
    count: () => count,
    reset: () => disposed.clear(),
  };
};
