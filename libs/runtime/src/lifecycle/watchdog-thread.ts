/** What the thread of the watchdog is given. */
export interface WatchdogData {
  /** Three cells of 32 bits: beats of the event loop; 1 while a debugger may hold it; 1 to stop. */
  readonly cells: Int32Array;
  readonly limitMs: number;
}

/**
 * Runs in a thread of its own, from its text: a file would have to be found from source and from `dist`. Time is
 * added up in the steps of the thread itself and none counts for more than it should have taken, so that a process
 * that was stopped as a whole is not taken for one whose event loop hangs.
 */
export const WATCHDOG_THREAD = `
const { workerData: { cells, limitMs } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const [BEATS, DEBUGGED, STOP] = [0, 1, 2];
const STEP_MS = Math.min(50, limitMs / 10);
let seen = 0;
let hungMs = 0;
let at = performance.now();
while (Atomics.wait(cells, STOP, 0, STEP_MS) === 'timed-out') {
  const now = performance.now();
  const stepMs = Math.min(now - at, 2 * STEP_MS);
  at = now;
  const beats = Atomics.load(cells, BEATS);
  hungMs = beats === seen && Atomics.load(cells, DEBUGGED) === 0 ? hungMs + stepMs : 0;
  seen = beats;
  if (hungMs < limitMs) continue;
  try {
    writeSync(2, 'the event loop has stood still for ' + Math.round(hungMs) + ' ms; ending process ' + process.pid + '\\n');
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}
`;
