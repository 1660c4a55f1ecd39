import { virtualClock } from '@cordboard/testing';
import { createLogClock } from './log-clock.ts';

const HOUR_MS = 3_600_000;

describe('the time of the log', () => {
  it('is told by a worker whose own clock is wrong', async () => {
    const clock = virtualClock();
    const behind = createLogClock(clock, () => Promise.resolve(clock.now() + HOUR_MS));
    expect(behind.now()).toBe(clock.now());
    await behind.compare();
    clock.advance(10);
    expect(behind.now()).toBe(clock.now() + HOUR_MS);
  });

  it('is taken in the middle of the answer, and not from one that came late', async () => {
    const clock = virtualClock();
    let tookMs = 200;
    const log = createLogClock(clock, () => {
      const told = clock.now() + tookMs / 2 + HOUR_MS;
      clock.advance(tookMs);
      return Promise.resolve(told);
    });
    await log.compare();
    expect(log.now() - clock.now()).toBe(HOUR_MS);
    tookMs = 1_001;
    const before = log.now() - clock.now();
    await log.compare();
    expect(log.now() - clock.now()).toBe(before);
  });
});
