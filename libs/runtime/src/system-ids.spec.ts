import { isSessionId } from '@cordboard/kernel';
import fc from 'fast-check';
import { systemIds } from './system-ids.ts';

describe('system ids', () => {
  it('are canonical UUIDv7s of their time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (at) => {
        const id = systemIds.next(at);
        expect(isSessionId(id)).toBe(true);
        expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(at);
      }),
    );
  });

  it('differ', () => {
    const at = 1_700_000_000_000;
    expect(new Set(Array.from({ length: 1_000 }, () => systemIds.next(at))).size).toBe(1_000);
  });
});
