import { isSessionId } from '@cordboard/kernel';
import fc from 'fast-check';
import { sessionIdAt } from './session-id.ts';

describe('session id', () => {
  it('is a canonical UUIDv7 of its time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (at) => {
        const id = sessionIdAt(at);
        expect(isSessionId(id)).toBe(true);
        expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at);
      }),
    );
  });
});
