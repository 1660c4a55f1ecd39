import { createSlices } from './slices.ts';

const turn = (): Promise<void> => new Promise(setImmediate);

describe('a burst of messages', () => {
  it('is handled in order, so much a turn, with other work in between', async () => {
    let at = 0;
    const done: (number | string)[] = [];
    const slices = createSlices(() => at);
    setImmediate(() => done.push('other work'));
    for (let n = 1; n <= 5; n += 1) {
      slices.run(() => {
        done.push(n);
        at += 10;
      });
    }
    expect(done).toEqual([1, 2]);
    while (done.length < 6) await turn();
    expect(done).toEqual([1, 2, 'other work', 3, 4, 5]);
    slices.run(() => done.push(6));
    expect(done.at(-1)).toBe(6);
  });

  it('is handled at once when the end is near, or when too much waits', () => {
    let at = 0;
    let done = 0;
    const slices = createSlices(() => (at += 30));
    for (let n = 0; n <= 65_537; n += 1) slices.run(() => (done += 1));
    expect(done).toBe(65_537);
    slices.finish();
    expect(done).toBe(65_538);
    slices.run(() => (done += 1));
    expect(done).toBe(65_539);
  });
});
