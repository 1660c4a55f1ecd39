import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { microseconds } from './figures.ts';

// A timer of the event loop is up to a millisecond late, and turning the loop without rest takes a whole core from
// what is measured. A thread that sleeps in between is late by some ten microseconds and costs next to nothing.
const SLEEPER = `
const { parentPort, workerData: { perSecond, total } } = require('node:worker_threads');
const cell = new Int32Array(new SharedArrayBuffer(4));
parentPort.once('message', (sinceMs) => {
  for (let told = 0; told < total; ) {
    const passedMs = performance.timeOrigin + performance.now() - sinceMs;
    const due = Math.min(total, Math.floor((passedMs * perSecond) / 1000) + 1);
    if (due > told) parentPort.postMessage((told = due));
    else Atomics.wait(cell, 0, 0, (told * 1000) / perSecond - passedMs);
  }
});`;

/** Calls `begin` so many times at a fixed rate, with the number and the moment meant for it; settles after the last. */
export const ticking = async (
  perSecond: number,
  total: number,
  begin: (n: number, intendedUs: number) => void,
): Promise<void> => {
  const sleeper = new Worker(SLEEPER, { eval: true, workerData: { perSecond, total } });
  await once(sleeper, 'online');
  const since = microseconds();
  let begun = 0;
  sleeper.on('message', (due: number) => {
    for (; begun < due; begun += 1) begin(begun, since + (begun * 1_000_000) / perSecond);
  });
  const over = once(sleeper, 'exit');
  sleeper.postMessage(performance.timeOrigin + since / 1_000);
  await over;
};
