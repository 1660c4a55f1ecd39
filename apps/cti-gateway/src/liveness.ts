import { type Clock } from '@cordboard/kernel';
import { RIVAL_MS, SILENCE_MS } from './limits.ts';

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
  /** It may well be gone: it is asked at once, and given up soon when it says nothing. */
  readonly doubt: () => void;
  readonly end: () => void;
}

export const createLiveness = ({ clock, ask, onSilent }: LivenessOptions): Liveness => {
  let heardAt = clock.now();
  let asked = false;
  let patienceMs = SILENCE_MS;
  let cancel = (): void => undefined;

  const look = (): void => {
    const left = heardAt + patienceMs - clock.now();
    if (left > 0) return wait(left);
    if (asked) return onSilent();
    wonder(SILENCE_MS);
  };
  const wonder = (forMs: number): void => {
    asked = true;
    patienceMs = forMs;
    heardAt = clock.now();
    ask();
    wait(forMs);
  };
  const wait = (delayMs: number): void => {
    cancel = clock.after(delayMs, look);
  };

  wait(SILENCE_MS);
  return {
    heard: () => {
      heardAt = clock.now();
      asked = false;
      patienceMs = SILENCE_MS;
    },
    doubt: () => {
      if (asked) return;
      cancel();
      wonder(RIVAL_MS);
    },
    end: () => cancel(),
  };
};
