import { virtualClock } from '@cordboard/testing';
import { RIVAL_MS, SILENCE_MS } from './limits.ts';
import { createLiveness } from './liveness.ts';

const setUp = () => {
  const clock = virtualClock();
  const said: string[] = [];
  const liveness = createLiveness({
    clock,
    ask: () => void said.push('ask'),
    onSilent: () => void said.push('silent'),
  });
  return { clock, said, liveness };
};

describe('a client that may be gone', () => {
  it('is asked once, and given up when it says nothing', () => {
    const { clock, said } = setUp();
    clock.advance(SILENCE_MS - 1);
    expect(said).toEqual([]);
    clock.advance(1);
    expect(said).toEqual(['ask']);
    clock.advance(SILENCE_MS - 1);
    expect(said).toEqual(['ask']);
    clock.advance(1);
    expect(said).toEqual(['ask', 'silent']);
    expect(clock.waiting()).toBe(0);
  });

  it('is left alone as long as it says something', () => {
    const { clock, said, liveness } = setUp();
    for (let n = 0; n < 10; n += 1) {
      clock.advance(SILENCE_MS - 1);
      liveness.heard();
    }
    expect(said).toEqual([]);
  });

  it('is asked again after each sign of life', () => {
    const { clock, said, liveness } = setUp();
    for (let n = 0; n < 3; n += 1) {
      clock.advance(2 * SILENCE_MS - 1);
      liveness.heard();
    }
    expect(said).toEqual(['ask', 'ask', 'ask']);
  });

  it('is given up soon when another one comes in its place and it says nothing', () => {
    const { clock, said, liveness } = setUp();
    liveness.doubt();
    liveness.doubt();
    clock.advance(RIVAL_MS - 1);
    expect(said).toEqual(['ask']);
    clock.advance(1);
    expect([said, clock.waiting()]).toEqual([['ask', 'silent'], 0]);
  });

  it('stays when it answers then', () => {
    const { clock, said, liveness } = setUp();
    liveness.doubt();
    clock.advance(RIVAL_MS - 1);
    liveness.heard();
    clock.advance(SILENCE_MS - 1);
    expect(said).toEqual(['ask']);
  });

  it('is not watched any more once it has closed', () => {
    const { clock, said, liveness } = setUp();
    liveness.end();
    clock.advance(10 * SILENCE_MS);
    expect([said, clock.waiting()]).toEqual([[], 0]);
  });
});
