import { virtualClock } from '@cordboard/testing';
import { createTokenBucket } from './token-bucket.ts';
import { createTokenWatch } from './token-watch.ts';

describe('createTokenBucket', () => {
  const rate = { perSecond: 50, burst: 100 };
  it('allows the burst, then the rate', () => {
    const allow = createTokenBucket(rate);
    const allowed = (count: number, now: number) =>
      Array.from({ length: count }, () => allow(now)).filter(Boolean).length;
    expect(allowed(150, 0)).toBe(100);
    expect(allowed(10, 100)).toBe(5);
    expect(allowed(150, 60_000)).toBe(100);
  });
  it('is not refilled by a clock that runs back', () => {
    const allow = createTokenBucket({ perSecond: 1, burst: 1 });
    expect(allow(10_000)).toBe(true);
    expect(allow(5_000)).toBe(false);
    expect(allow(5_500)).toBe(false);
    expect(allow(6_000)).toBe(true);
  });
});

describe('createTokenWatch', () => {
  it('tells of the end of the last token set, however far', () => {
    const clock = virtualClock();
    let ended = 0;
    const watch = createTokenWatch(clock, () => (ended += 1));
    watch.set(clock.now() + 1_000);
    watch.set(clock.now() + 90 * 86_400_000);
    clock.advance(89 * 86_400_000);
    expect(ended).toBe(0);
    clock.advance(86_400_000);
    expect(ended).toBe(1);
    watch.set(clock.now() + 1_000);
    watch.stop();
    expect(clock.waiting()).toBe(0);
  });
});
