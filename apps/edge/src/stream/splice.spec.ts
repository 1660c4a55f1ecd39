import fc from 'fast-check';
import { type Frame, joins, splice } from './splice.ts';

/** A session's object events: growing sequences with holes (internal rows), chained by `previous`. */
const chain = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 40 }).map((steps) =>
  steps.reduce<Frame[]>((frames, step) => {
    const before = frames.at(-1)?.sequence;
    const sequence = (before ?? 0) + step;
    return [...frames, { sequence, previous: before ?? null, text: String(sequence) }];
  }, []),
);

/** The chain as a bad line delivers it: some frames lost, some doubled, all in any order. */
const delivered = chain.chain((frames) =>
  fc
    .tuple(
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: frames.length, maxLength: frames.length }),
      fc.nat({ max: frames.length }),
    )
    .chain(([copies, start]) => {
      const arriving = frames.flatMap((frame, index) => Array<Frame>(copies[index] ?? 0).fill(frame));
      const last = start === 0 ? 0 : (frames[start - 1]?.sequence ?? 0);
      return fc
        .shuffledSubarray(arriving, { minLength: arriving.length, maxLength: arriving.length })
        .map((order) => ({ frames, last, order }));
    }),
);

describe('splice', () => {
  it('gives exactly what follows without a gap, in order, each once', () => {
    fc.assert(
      fc.property(delivered, ({ frames, last, order }) => {
        const behind = frames.filter(({ sequence }) => sequence > last);
        const firstLost = behind.findIndex((frame) => !order.includes(frame));
        const expected = firstLost === -1 ? behind : behind.slice(0, firstLost);
        expect(splice(last, order).ready).toEqual(expected);
      }),
    );
  });

  it('loses nothing that may still be needed and keeps nothing that is not', () => {
    fc.assert(
      fc.property(delivered, ({ last, order }) => {
        const { ready, held } = splice(last, order);
        const wanted = new Set(order.filter(({ sequence }) => sequence > last));
        expect(new Set([...ready, ...held])).toEqual(wanted);
        expect(ready.length + held.length).toBe(wanted.size);
      }),
    );
  });

  it('joins a cursor to an end only when every frame between them is there', () => {
    fc.assert(
      fc.property(delivered, ({ frames, last, order }) => {
        const end = frames.at(-1)?.sequence ?? 0;
        const complete = frames.every((frame) => frame.sequence <= last || order.includes(frame));
        expect(joins(last, end, order)).toBe(complete);
      }),
    );
  });

  it('refuses a cursor that is no object event of the session', () => {
    const frames = [
      { sequence: 4, previous: null, text: 'a' },
      { sequence: 9, previous: 4, text: 'b' },
    ];
    expect(joins(5, 9, frames)).toBe(false);
    expect(joins(4, 9, frames)).toBe(true);
    expect(joins(9, 9, [])).toBe(true);
  });
});
