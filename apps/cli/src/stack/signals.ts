/** Orders to stop, whatever the terminal or the system calls them. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Settles with the first order to stop; every later one calls `onAgain`. */
export const untilStopped = (onAgain: () => void): Promise<void> =>
  new Promise((resolve) => {
    let stopped = false;
    const onSignal = (): void => {
      if (stopped) onAgain();
      stopped = true;
      resolve();
    };
    for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
  });
