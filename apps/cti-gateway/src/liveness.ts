import { type Clock } from '@cordboard/kernel';
import { SILENCE_MS } from './limits.ts';

export interface LivenessOptions {
  readonly clock: Clock;
  /** Asks for a sign of life. */
  readonly ask: () => void;
  /** None came. */
  readonly onSilent: () => void;
}

/** Watches over a client that may be gone without a word. */
export interface Liveness {
  /** Something came from it. */
  readonly heard: () => void;
  readonly end: () => void;
}

export const createLiveness = ({ clock, ask, onSilent }: LivenessOptions): Liveness => {
  let heardAt = clock.now();
  let asked = false;
  let cancel = (): void => undefined;

  const look = (): void => {
    const left = heardAt + SILENCE_MS - clock.now();
    if (left > 0) return wait(left);
    if (asked) return onSilent();
    asked = true;
    heardAt = clock.now();
    ask();
    wait(SILENCE_MS);
  };
  const wait = (delayMs: number): void => {
    cancel = clock.after(delayMs, look);
  };

  wait(SILENCE_MS);
  return {
    heard: () => {
      heardAt = clock.now();
      asked = false;
    },
    end: () => cancel(),
  };
};
