import { createAdmission } from './admission.ts';

const settled = (): Promise<void> => new Promise(setImmediate);

const opened = (limit: number, limitPerKey: number) => {
  const began: string[] = [];
  const levels: [number, number][] = [];
  const admission = createAdmission({
    limit,
    limitPerKey,
    onChange: (underWay, waiting) => levels.push([underWay, waiting]),
  });
  const enter = (key: string, name: string): (() => void) => admission.enter(key, () => began.push(name));
  return { began, enter, level: () => levels.at(-1) };
};

describe('an admission', () => {
  it('lets in as many as there is room for, the others in turn', async () => {
    const { began, enter, level } = opened(2, 2);
    const leave = ['one', 'two', 'three', 'four'].map((name) => enter('a', name));
    expect(began).toEqual([]);
    await settled();
    expect(began).toEqual(['one', 'two']);
    expect(level()).toEqual([2, 2]);
    leave[1]?.();
    leave[1]?.();
    await settled();
    expect(began).toEqual(['one', 'two', 'three']);
    expect(level()).toEqual([2, 1]);
  });

  it('forgets who leaves while waiting, or before it has begun', async () => {
    const { began, enter, level } = opened(1, 1);
    const first = enter('a', 'one');
    const second = enter('a', 'two');
    enter('a', 'three');
    second();
    first();
    await settled();
    expect(began).toEqual(['three']);
    expect(level()).toEqual([1, 0]);
  });

  it('keeps room for others beside a key that takes all it may, and serves the keys in turn', async () => {
    const { began, enter } = opened(3, 2);
    const slow = ['s1', 's2', 's3'].map((name) => enter('slow', name));
    const quick = ['q1', 'q2', 'q3'].map((name) => enter('quick', name));
    await settled();
    expect(began).toEqual(['s1', 's2', 'q1']);
    quick[0]?.();
    await settled();
    slow[0]?.();
    await settled();
    expect(began).toEqual(['s1', 's2', 'q1', 'q2', 's3']);
  });
});
