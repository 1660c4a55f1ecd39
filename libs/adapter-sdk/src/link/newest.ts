import { type Clock } from '@cordboard/kernel';

/** Passes values on, at most one in `everyMs`; of those between, the newest waits for its turn. */
export interface Newest<Value> {
  readonly offer: (value: Value) => void;
  /** Forgets what waits. */
  readonly end: () => void;
}

export const createNewest = <Value>(
  clock: Clock,
  everyMs: number,
  pass: (value: Value) => void,
): Newest<Value> => {
  let waiting: { readonly value: Value } | null = null;
  let cancel: (() => void) | null = null;

  const next = (): void => {
    cancel = null;
    const due = waiting;
    waiting = null;
    if (due === null) return;
    cancel = clock.after(everyMs, next);
    pass(due.value);
  };

  return {
    offer: (value) => {
      waiting = { value };
      if (cancel === null) next();
    },
    end: () => {
      cancel?.();
      cancel = null;
      waiting = null;
    },
  };
};
