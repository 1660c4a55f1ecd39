import { type Clock } from '@cordboard/kernel';

/** The time of the log, as near as this worker can tell it. */
export interface LogClock extends Clock {
  /** Compares with the log's own time; raises when that cannot be read. */
  readonly compare: () => Promise<void>;
}

/** An answer that took longer says too little about the time. */
const MAX_ANSWER_MS = 1_000;

/**
 * A session outlives its workers, whose clocks differ. Its times and deadlines are those of the one clock that all
 * of them can see, the log's, so that a worker that runs behind or ahead takes over without harm.
 */
export const createLogClock = (clock: Clock, readLogTime: () => Promise<number>): LogClock => {
  let aheadMs = 0;
  return {
    now: () => clock.now() + aheadMs,
    after: clock.after,
    compare: async () => {
      const asked = clock.now();
      const logTime = await readLogTime();
      const answered = clock.now();
      if (answered - asked <= MAX_ANSWER_MS) aheadMs = Math.round(logTime - (asked + answered) / 2);
    },
  };
};
