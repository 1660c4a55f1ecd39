import { createRecentClaims } from './recent-claims.ts';

describe('what was claimed a moment ago', () => {
  it('is known for two seconds from the last time on', () => {
    let at = 0;
    const claims = createRecentClaims({ now: () => at });
    claims.heard('a');
    at = 1_500;
    claims.heard('b');
    claims.heard('a');
    at = 3_500;
    expect([claims.has('a'), claims.has('b'), claims.has('c')]).toEqual([true, true, false]);
    at = 3_501;
    expect(claims.has('a')).toBe(false);
  });

  it('is bounded: the oldest are forgotten first', () => {
    const claims = createRecentClaims({ now: () => 0 });
    for (let n = 0; n <= 20_000; n += 1) claims.heard(`s${n}`);
    expect([claims.has('s0'), claims.has('s1'), claims.has('s20000')]).toEqual([false, true, true]);
  });
});
