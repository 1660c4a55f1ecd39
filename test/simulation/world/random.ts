/** Random numbers that a seed fixes; `fork` gives a stream of its own, so that one part does not shift another. */
export interface Random {
  /** From 0 up to 1. */
  readonly next: () => number;
  /** A whole number from `from` to `to`, both included. */
  readonly between: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  /** One of the list, which is not empty. */
  readonly pick: <T>(list: readonly T[]) => T;
  readonly fork: (name: string) => Random;
}

const mix = (seed: number, name: string): number => {
  let hash = seed | 0;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
};

/** Mulberry32: small, quick, good enough to shuffle a world. */
export const randomOf = (seed: number): Random => {
  let state = mix(seed, 'world');
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => {
      const picked = list[Math.floor(next() * list.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    fork: (name) => randomOf(mix(seed, name)),
  };
};
