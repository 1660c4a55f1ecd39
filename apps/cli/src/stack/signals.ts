/** Orders to stop, whatever the terminal or the system calls them. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** npm passes Ctrl-C on to us, which the terminal has told us of already: that is one order, not two. */
const SAME_ORDER_MS = 500;

/** Settles with the first order to stop; every later one calls `onAgain`. */
export const untilStopped = (onAgain: () => void): Promise<void> =>
  new Promise((resolve) => {
    let stoppedAt: number | null = null;
    const onSignal = (): void => {
      const now = performance.now();
      if (stoppedAt !== null && now - stoppedAt > SAME_ORDER_MS) onAgain();
      stoppedAt ??= now;
      resolve();
    };
    for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
  });
