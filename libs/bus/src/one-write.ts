/** Holds what is to be said until the turn of the event loop ends. */
export interface OneWrite {
  /** `say` hands it to the client and must not raise; it takes so many bytes. */
  readonly add: (say: () => void, bytes: number) => void;
  /** Sends what waits, and from now on everything at once: the connection is about to end. */
  readonly finish: () => void;
  /** Sends what waits. */
  readonly flush: () => void;
}

/** So much leaves before the turn ends. */
const MAX_BYTES = 32 * 1_024;

/**
 * The client writes to its socket whenever a task of the process ends, and each write costs more than the message in
 * it. Here all that one turn of the event loop says leaves in its order, together, when the turn has read what there
 * was to read: a process that is asked one thing at a time waits for nothing, a busy one writes seldom.
 */
export const createOneWrite = (): OneWrite => {
  let waiting: (() => void)[] = [];
  let bytes = 0;
  let planned = false;
  let flushing = false;
  let finished = false;

  const flush = (): void => {
    if (flushing) return;
    flushing = true;
    // What is added meanwhile leaves behind the rest.
    for (const say of waiting) say();
    waiting = [];
    bytes = 0;
    flushing = false;
  };

  const atEndOfTurn = (): void => {
    planned = false;
    flush();
  };

  return {
    flush,
    add: (say, size) => {
      waiting.push(say);
      bytes += size;
      if (finished || bytes >= MAX_BYTES) return flush();
      if (planned) return;
      planned = true;
      setImmediate(atEndOfTurn);
    },
    finish: () => {
      finished = true;
      flush();
    },
  };
};
