import { virtualClock } from '@cordboard/testing';
import { createKeptAnswers } from './kept-answers.ts';

describe('the answers of one session', () => {
  it('are kept for ten minutes', () => {
    const clock = virtualClock();
    const kept = createKeptAnswers(clock);
    kept.keep('r', 'yes');
    clock.advance(599_999);
    expect(kept.find('r')).toBe('yes');
    clock.advance(1);
    expect(kept.find('r')).toBeUndefined();
  });

  it('are kept up to half a million characters, the newest whatever its size', () => {
    const kept = createKeptAnswers(virtualClock());
    for (const id of ['a', 'b', 'b', 'c']) kept.keep(id, 'x'.repeat(200_000));
    expect([kept.find('a'), kept.find('b')?.length, kept.find('c')?.length]).toEqual([
      undefined,
      200_000,
      200_000,
    ]);
    kept.keep('d', 'x'.repeat(600_000));
    expect([kept.find('b'), kept.find('c'), kept.find('d')?.length]).toEqual([undefined, undefined, 600_000]);
  });

  it('are kept up to a thousand, the oldest goes first', () => {
    const kept = createKeptAnswers(virtualClock());
    for (let count = 0; count <= 1_000; count += 1) kept.keep(String(count), 'yes');
    expect([kept.find('0'), kept.find('1'), kept.find('1000')]).toEqual([undefined, 'yes', 'yes']);
  });
});
