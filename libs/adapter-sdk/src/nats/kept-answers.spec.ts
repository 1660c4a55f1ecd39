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

  it('are kept up to a thousand, the oldest goes first', () => {
    const kept = createKeptAnswers(virtualClock());
    for (let count = 0; count <= 1_000; count += 1) kept.keep(String(count), 'yes');
    expect([kept.find('0'), kept.find('1'), kept.find('1000')]).toEqual([undefined, 'yes', 'yes']);
  });
});
