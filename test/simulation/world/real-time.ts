/** What nobody may use in a simulated world: it would make two runs of one seed differ. */
const forbidden = (what: string) => (): never => {
  throw new Error(`${what} was used inside the simulation: time and chance come through ports`);
};

/** A turn of the real event loop, from before the ban. */
const { setImmediate: realImmediate } = globalThis;
export const realTurn = (): Promise<void> => new Promise((resolve) => realImmediate(resolve));

/**
 * Bans the real clock, timers and chance until the returned function is called; `soon` takes what code puts off to
 * the next turn of the event loop.
 */
export const banRealTime = (soon: (task: () => void) => void): (() => void) => {
  const { setTimeout, setInterval, setImmediate } = globalThis;
  const { now } = Date;
  const { random } = Math;
  const immediate = (task: (...given: unknown[]) => void, ...given: unknown[]): void =>
    soon(() => task(...given));
  Object.assign(globalThis, {
    setTimeout: forbidden('setTimeout'),
    setInterval: forbidden('setInterval'),
    setImmediate: immediate,
  });
  Date.now = forbidden('Date.now');
  Math.random = forbidden('Math.random');
  return () => {
    Object.assign(globalThis, { setTimeout, setInterval, setImmediate });
    Date.now = now;
    Math.random = random;
  };
};
