import { setTimeout as delay } from 'node:timers/promises';
import { closedLoop, interleaved, openLoop, ratioOf } from './rounds.ts';

describe('interleaved', () => {
  it('warms each up once, then takes turns, the other way round every second round', async () => {
    const order: string[] = [];
    const contestant = (name: string) => async (): Promise<number> => order.push(name);
    const given = await interleaved({ a: contestant('a'), b: contestant('b') }, 3);
    expect(order.join('')).toBe('ab' + 'ab' + 'ba' + 'ab');
    expect(given).toEqual({ a: [3, 6, 7], b: [4, 5, 8] });
  });
});

describe('ratioOf', () => {
  it('divides round by round, not median by median', () => {
    expect(ratioOf([10, 40, 90], [10, 20, 30])).toEqual({ median: 2, low: 1.5, high: 2.5, count: 3 });
  });

  it.each([
    [[], []],
    [[1, 2], [1]],
  ])('raises for %j against %j', (a, b) => {
    expect(() => ratioOf(a, b)).toThrow('do not compare');
  });
});

describe('closedLoop', () => {
  it('keeps every worker at it, one task at a time', async () => {
    const busy = new Set<number>();
    const seen = new Set<number>();
    const { perSecond, latenciesUs } = await closedLoop(3, 20, async (worker) => {
      expect(busy.has(worker)).toBe(false);
      busy.add(worker);
      await delay(1);
      busy.delete(worker);
      seen.add(worker);
    });
    expect([...seen].toSorted()).toEqual([0, 1, 2]);
    expect(latenciesUs.length).toBeGreaterThanOrEqual(3);
    expect(perSecond).toBeGreaterThan(0);
  });

  it('raises what a task raises', async () => {
    await expect(closedLoop(2, 5, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});

describe('openLoop', () => {
  it('begins as many as the rate says, whether those before have ended or not', async () => {
    let begun = 0;
    let release = (): void => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    const { latenciesUs, notStarted } = await openLoop(1_000, 50, () => {
      begun += 1;
      if (begun === 50) release();
      return all;
    });
    expect(latenciesUs).toHaveLength(50);
    expect(notStarted).toBe(0);
    // The first waited for the last, and was to begin 49 ms before it.
    expect(Math.max(...latenciesUs) - Math.min(...latenciesUs)).toBeGreaterThan(48_000);
  });

  it('raises what a task raises', async () => {
    await expect(openLoop(1_000, 5, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
