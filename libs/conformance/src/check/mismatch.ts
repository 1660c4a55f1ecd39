import { isDeepStrictEqual } from 'node:util';
import { brief } from '../wire/frame.ts';

/** A server that does something else than the protocol says: what was expected, and what came. */
export class Mismatch extends Error {
  constructor(
    readonly expected: string,
    readonly got: string,
  ) {
    super(`expected ${expected}; got ${got}`);
  }
}

/** Raises a `Mismatch` unless the condition holds. */
export const insist = (holds: boolean, expected: string, got: unknown): void => {
  if (!holds) throw new Mismatch(expected, typeof got === 'string' ? got : brief(got, 600));
};

/** Raises unless both say the same. */
export const insistSame = (got: unknown, expected: unknown, what: string): void =>
  insist(isDeepStrictEqual(got, expected), `${what} ${brief(expected)}`, got);
