/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** 0 to 1, without 1. */
  readonly next: () => number;
  /** 0 to `below`, without it. */
  readonly int: (below: number) => number;
  readonly pick: <T>(values: readonly T[]) => T;
}

/** The generator "mulberry32". */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    pick: (values) => {
      const value = values[int(values.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
};
