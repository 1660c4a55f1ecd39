/** What was heard, in order, for one that waits for what comes next. */
export interface Tape<T> {
  readonly items: readonly T[];
  readonly push: (item: T) => void;
  /** The item of that index; waits for it, and raises when it does not come. */
  readonly at: (index: number) => Promise<T>;
}

/** Nothing is measured by it: it ends a test that would wait for ever. */
const PATIENCE_MS = 5_000;

export const createTape = <T>(): Tape<T> => {
  const items: T[] = [];
  const waiting = new Set<() => void>();

  const change = (): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (came: boolean): void => {
        clearTimeout(timer);
        waiting.delete(heard);
        resolve(came);
      };
      const heard = (): void => settle(true);
      const timer = setTimeout(() => settle(false), PATIENCE_MS);
      waiting.add(heard);
    });

  return {
    items,
    push: (item) => {
      items.push(item);
      for (const heard of [...waiting]) heard();
    },
    at: async (index) => {
      for (;;) {
        const item = items[index];
        if (item !== undefined) return item;
        if (!(await change())) throw new Error(`nothing came at ${index}`);
      }
    },
  };
};
