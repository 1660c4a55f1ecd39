import { virtualClock } from '@cordboard/testing';
import { createDeadlineWheel } from './deadline-wheel.ts';

describe('deadline wheel', () => {
  it('calls each key once, in order, never before its time', () => {
    const clock = virtualClock();
    const start = clock.now();
    const due: [string, number][] = [];
    const wheel = createDeadlineWheel<string>(clock, (key) => due.push([key, clock.now() - start]));
    wheel.set('later', start + 30_000);
    wheel.set('sooner', start + 120);
    clock.advance(119);
    expect(due).toEqual([]);
    clock.advance(60_000);
    expect(due.map(([key]) => key)).toEqual(['sooner', 'later']);
    expect(due[0]?.[1]).toBeGreaterThanOrEqual(120);
    expect(due[1]?.[1]).toBeGreaterThanOrEqual(30_000);
  });

  it('follows a deadline that moves or goes away', () => {
    const clock = virtualClock();
    const due: string[] = [];
    const wheel = createDeadlineWheel<string>(clock, (key) => due.push(key));
    wheel.set('moved', clock.now() + 1_000);
    wheel.set('gone', clock.now() + 1_000);
    wheel.set('moved', clock.now() + 5_000);
    wheel.set('gone', null);
    clock.advance(4_000);
    expect(due).toEqual([]);
    clock.advance(2_000);
    expect(due).toEqual(['moved']);
  });

  it('lets a key set a new deadline while it is called, and nothing after it was stopped', () => {
    const clock = virtualClock();
    let calls = 0;
    const wheel = createDeadlineWheel<string>(clock, (key) => {
      calls += 1;
      wheel.set(key, clock.now() + 100);
    });
    wheel.set('again', clock.now());
    clock.advance(1_000);
    expect(calls).toBeGreaterThan(5);
    const before = calls;
    wheel.stop();
    clock.advance(1_000);
    expect(calls).toBe(before);
  });
});
