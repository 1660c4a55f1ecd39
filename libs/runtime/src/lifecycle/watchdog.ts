import { url as debuggerUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';
import { WATCHDOG_THREAD, type WatchdogData } from './watchdog-thread.ts';

const BEAT_MS = 100;
const CELLS = 3;

/**
 * Ends this very process with SIGKILL when its event loop stands still for `limitMs` (design K7): others serve what
 * it had, and it must not wake up and go on. `process.exit` in a thread would end the thread alone. Off with 0 and
 * while a debugger is open. The function given stops the watching.
 */
export const startWatchdog = (limitMs: number): (() => void) => {
  if (limitMs <= 0) return () => undefined;
  const cells = new Int32Array(new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT));
  const beat = (): void => {
    Atomics.store(cells, 1, debuggerUrl() === undefined ? 0 : 1);
    Atomics.add(cells, 0, 1);
  };
  beat();
  const beating = setInterval(beat, Math.min(BEAT_MS, limitMs / 4)).unref();
  const workerData: WatchdogData = { cells, limitMs };
  new Worker(WATCHDOG_THREAD, { eval: true, workerData, execArgv: [], env: {} }).unref();
  return () => {
    clearInterval(beating);
    Atomics.store(cells, 2, 1);
    Atomics.notify(cells, 2);
  };
};
