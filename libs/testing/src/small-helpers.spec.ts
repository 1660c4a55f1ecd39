import { deriveId, isSessionId } from '@cordboard/kernel';
import { eventually } from './eventually.ts';
import { sequentialIds } from './sequential-ids.ts';
import { virtualClock } from './virtual-clock.ts';

describe('virtualClock', () => {
  it('runs what falls due in order of time, then of setting, each at its own time', () => {
    const clock = virtualClock(1000);
    const ran: string[] = [];
    const set = (delayMs: number, name: string) =>
      clock.after(delayMs, () => ran.push(`${name} at ${clock.now()}`));
    set(20, 'late');
    set(10, 'first');
    set(10, 'second');
    const cancel = set(5, 'cancelled');
    clock.after(10, () => set(5, 'set on the way'));
    cancel();
    clock.advance(19);
    expect(ran).toEqual(['first at 1010', 'second at 1010', 'set on the way at 1015']);
    expect([clock.now(), clock.waiting()]).toEqual([1019, 1]);
  });
});

describe('sequentialIds', () => {
  it('gives the same session ids in every run, which stay apart when others are derived', () => {
    const ids = sequentialIds();
    const given = Array.from({ length: 100 }, () => ids.next());
    expect(given.every(isSessionId)).toBe(true);
    expect(given).toEqual([...given].sort());
    expect(new Set([...given, ...given.map((id) => deriveId(id, 1))]).size).toBe(200);
    expect(sequentialIds().next()).toBe(given[0]);
    expect(sequentialIds({ family: 1 }).next()).not.toBe(given[0]);
  });
});

describe('eventually', () => {
  it('waits for a value', async () => {
    let count = 0;
    expect(await eventually(() => (count++ < 3 ? null : count), { everyMs: 1 })).toBe(4);
  });

  it('fails with the last reason when the time is up', async () => {
    const limits = { timeoutMs: 20, everyMs: 1 };
    await expect(eventually(() => false, limits)).rejects.toThrow(
      'not within 20 ms: the last value was false',
    );
    await expect(eventually(() => Promise.reject(new Error('no')), limits)).rejects.toThrow(
      'not within 20 ms: no',
    );
  });
});
