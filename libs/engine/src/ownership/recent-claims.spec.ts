import { createRecentClaims } from './recent-claims.ts';

describe('what was claimed a moment ago', () => {
  it('is known for two seconds from the last time on', () => {
    let at = 0;
    const claims = createRecentClaims({ now: () => at });
    claims.heard('a', 2);
    at = 1_500;
    claims.heard('b', 2);
    claims.heard('a', 2);
    at = 3_500;
    expect([claims.has('a'), claims.has('b'), claims.has('c')]).toEqual([true, true, false]);
    at = 3_501;
    expect(claims.has('a')).toBe(false);
  });

  it('is known by its epoch until no log takes so long to answer', () => {
    let at = 0;
    const claims = createRecentClaims({ now: () => at });
    claims.heard('a', 3);
    claims.heard('a', 2);
    at = 60_000;
    claims.heard('b', 1);
    expect([claims.epochOf('a'), claims.epochOf('b'), claims.epochOf('c')]).toEqual([3, 1, 0]);
    at = 60_001;
    claims.heard('b', 1);
    expect(claims.epochOf('a')).toBe(0);
  });

  it('is bounded: the oldest are forgotten first', () => {
    const claims = createRecentClaims({ now: () => 0 });
    for (let n = 0; n <= 20_000; n += 1) claims.heard(`s${n}`, 2);
    expect([claims.has('s0'), claims.has('s1'), claims.has('s20000')]).toEqual([false, true, true]);
  });
});
