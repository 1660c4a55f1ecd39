import { type Clock } from '@cordboard/kernel';
import { LOOK_EVERY_BYTES, MAX_WAITING_EVENTS, PAUSE_MS } from './limits.ts';

export interface FlowOptions {
  readonly clock: Clock;
  /** How many events of the client nobody has taken yet. */
  readonly waiting: () => number;
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

export const createFlow = ({ clock, waiting, pause, resume, whilePaused }: FlowOptions): Flow => {
  let unseen = 0;
  let wake: (() => void) | null = null;

  const look = (): void => {
    whilePaused();
    if (waiting() >= MAX_WAITING_EVENTS / 2) wake = clock.after(PAUSE_MS, look);
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
      if (waiting() < MAX_WAITING_EVENTS) return;
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
