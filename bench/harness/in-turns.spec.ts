import { inTurns } from './in-turns.ts';

it('inTurns does each once, no more at once than it may', async () => {
  let atOnce = 0;
  let most = 0;
  const done: number[] = [];
  await inTurns([1, 2, 3, 4, 5], 2, async (n) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await Promise.resolve();
    done.push(n);
    atOnce -= 1;
  });
  expect(done.toSorted()).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});
