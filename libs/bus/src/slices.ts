/** Handles what arrives in its order, and lets other work go on in between. */
export interface Slices {
  readonly run: (task: () => void) => void;
  /** Runs what waits, and from now on everything at once: the connection is about to end. */
  readonly finish: () => void;
}

/** After so much work in one turn the rest waits for the next: timers and other connections have their share. */
const SLICE_MS = 20;
/** When more waits, everybody has to: the server, too, hears then that we are slow. */
const MAX_WAITING = 65_536;
/** What was handled is let go after so many. */
const MAX_TAKEN = 1_024;

/** A burst is read from its socket in one go; handled so, it would hold up the beats of its process for seconds. */
export const createSlices = (now = (): number => performance.now()): Slices => {
  let waiting: (() => void)[] = [];
  let taken = 0;
  let endsAt: number | null = null;
  let finished = false;

  const begin = (): void => {
    endsAt = now() + SLICE_MS;
    setImmediate(next);
  };

  const isOver = (): boolean => endsAt !== null && now() >= endsAt;
  const isEmpty = (): boolean => taken === waiting.length;

  /** Taken out before it runs: it may be what ends the connection. */
  const runNext = (): void => {
    const task = waiting[taken];
    taken += 1;
    if (isEmpty() || taken === MAX_TAKEN) {
      waiting = waiting.slice(taken);
      taken = 0;
    }
    task?.();
  };

  const next = (): void => {
    endsAt = null;
    if (isEmpty()) return;
    begin();
    while (!isEmpty() && !isOver()) runNext();
  };

  const runAll = (): void => {
    while (!isEmpty()) runNext();
  };

  return {
    run: (task) => {
      if (endsAt === null) begin();
      if (finished || (isEmpty() && !isOver())) return task();
      waiting.push(task);
      if (waiting.length - taken > MAX_WAITING) runAll();
    },
    finish: () => {
      finished = true;
      runAll();
    },
  };
};
