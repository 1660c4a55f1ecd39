import { type Clock } from '@cordboard/kernel';
import { LOOK_EVERY_BYTES, PAUSE_MS } from './limits.ts';

export interface FlowOptions {
  readonly clock: Clock;
  /** How full the room for its events is: 1 and more is too full. */
  readonly filled: () => number;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Called again and again while the client is not read. */
  readonly whilePaused: () => void;
}

/** Stops reading from a client while more events wait than can be kept. */
export interface Flow {
  readonly heard: (bytes: number) => void;
  /** Reads on, and watches no longer. */
  readonly end: () => void;
}

export const createFlow = ({ clock, filled, pause, resume, whilePaused }: FlowOptions): Flow => {
  let unseen = 0;
  let wake: (() => void) | null = null;

  const look = (): void => {
    whilePaused();
    if (filled() >= 0.5) wake = clock.after(PAUSE_MS, look);
    else {
      wake = null;
      resume();
    }
  };

  return {
    heard: (bytes) => {
      unseen += bytes;
      if (unseen < LOOK_EVERY_BYTES || wake !== null) return;
      unseen = 0;
      if (filled() < 1) return;
      pause();
      wake = clock.after(PAUSE_MS, look);
    },
    end: () => {
      if (wake === null) return;
      wake();
      wake = null;
      resume();
    },
  };
};
