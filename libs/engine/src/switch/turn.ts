import { type Admission } from './admission.ts';

/** The one place of somebody among those admitted: waited for, or held. */
export interface Turn {
  /** Runs `run` when it is our turn, at once if it is. What was to be run before and has not been, is not. */
  readonly take: (key: string, run: () => void) => void;
  /** Gives the place, or the wait for one, up. */
  readonly leave: () => void;
}

interface Place {
  readonly key: string;
  isOurs: boolean;
  leave: () => void;
}

export const createTurn = (admission: Admission): Turn => {
  let place: Place | null = null;
  let next: (() => void) | null = null;

  const leave = (): void => {
    next = null;
    place?.leave();
    place = null;
  };

  const wait = (key: string): Place => {
    const mine: Place = { key, isOurs: false, leave: () => undefined };
    mine.leave = admission.enter(key, () => {
      const run = next;
      mine.isOurs = true;
      next = null;
      run?.();
    });
    return mine;
  };

  return {
    leave,
    take: (key, run) => {
      if (place !== null && place.key !== key) leave();
      if (place?.isOurs === true) return run();
      next = run;
      place ??= wait(key);
    },
  };
};
