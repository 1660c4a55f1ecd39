import { type Clock } from '@cordboard/kernel';

/** Calls `onEnd` when the token in use ends. */
export interface TokenWatch {
  /** Another token is in use; `expiresAt` in ms since the epoch. */
  readonly set: (expiresAt: number) => void;
  readonly stop: () => void;
}

/** A timer counts 2^31 ms at most; tokens that live longer are looked at again then. */
const LONGEST_TIMER_MS = 2_000_000_000;

export const createTokenWatch = (clock: Clock, onEnd: () => void): TokenWatch => {
  let cancel = (): void => undefined;
  const set = (expiresAt: number): void => {
    cancel();
    const leftMs = expiresAt - clock.now();
    cancel =
      leftMs > LONGEST_TIMER_MS
        ? clock.after(LONGEST_TIMER_MS, () => set(expiresAt))
        : clock.after(Math.max(leftMs, 0), onEnd);
  };
  return { set, stop: () => cancel() };
};
