import { backoffMs } from './backoff.ts';
import { placeOf } from './cursor.ts';
import { tokenExpiry } from './token-expiry.ts';

describe('backoffMs', () => {
  it('doubles up to ten seconds', () => {
    expect([0, 1, 2, 5, 6, 1000].map((attempt) => backoffMs(attempt, 1))).toEqual([
      200, 400, 800, 6400, 10_000, 10_000,
    ]);
  });
  it('spreads clients over half of the time', () => {
    expect(backoffMs(1, 0)).toBe(200);
    expect(backoffMs(1, 0.5)).toBe(300);
  });
});

describe('placeOf', () => {
  it.each([
    [0, { sequence: 3, previous: null }, 'next'],
    [3, { sequence: 7, previous: 3 }, 'next'],
    [7, { sequence: 7, previous: 3 }, 'known'],
    [7, { sequence: 3, previous: null }, 'known'],
    [3, { sequence: 9, previous: 7 }, 'gap'],
    [0, { sequence: 9, previous: 7 }, 'gap'],
    [7, { sequence: 7, previous: 7 }, 'passing'],
    [3, { sequence: 7, previous: 7 }, 'passing'],
    [0, { sequence: 0, previous: 0 }, 'passing'],
  ] as const)('after %d, %j is %s', (last, event, place) => {
    expect(placeOf(last, event)).toBe(place);
  });
});

describe('tokenExpiry', () => {
  const token = (payload: string) => `e30.${Buffer.from(payload).toString('base64url')}.x`;
  it('reads the end of a token in milliseconds', () => {
    expect(tokenExpiry(token('{"exp":1700000000}'))).toBe(1_700_000_000_000);
  });
  it.each(['', 'abc', 'a.b.c', token('[]'), token('{"exp":"soon"}'), token('{}')])(
    'knows no end of %j',
    (text) => {
      expect(tokenExpiry(text)).toBeNull();
    },
  );
});
