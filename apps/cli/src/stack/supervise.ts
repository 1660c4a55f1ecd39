import { describeExit, type Exit } from '@cordboard/embedded';
import { type Clock } from '@cordboard/kernel';
import { restartDelayMs } from './backoff.ts';

/** Something that runs until it ends. */
export interface Running {
  readonly exited: Promise<Exit>;
  readonly stop: () => Promise<void>;
}

export interface Supervision<R extends Running = Running> {
  /** As it was started first. */
  readonly first: R;
  /** Lets the process go on, and does not start it again. */
  readonly halt: () => void;
  /** Ends the process and keeps it ended; settles when it is gone. */
  readonly stop: () => Promise<void>;
}

export interface SuperviseOptions<R extends Running> {
  readonly name: string;
  readonly start: () => Promise<R>;
  readonly clock: Clock;
  readonly say: (line: string) => void;
}

/** A process that served this long had recovered: its next end is a first one again. */
const RECOVERED_MS = 30_000;

const inSeconds = (ms: number): string => `${ms / 1000} s`;

/**
 * Starts a process and starts it again whenever it ends, with a growing pause in between. The first start has
 * to succeed: its error is the caller's.
 */
export const supervise = async <R extends Running>(options: SuperviseOptions<R>): Promise<Supervision<R>> => {
  const { name, clock, say } = options;
  let stopping = false;
  let attempt = 0;
  let cancelRestart = (): void => undefined;
  let current: Running | null = null;
  let starting: Promise<void> = Promise.resolve();

  const watch = (running: Running): void => {
    const startedAt = clock.now();
    current = running;
    void running.exited.then((exit) => {
      current = null;
      if (stopping) return;
      if (clock.now() - startedAt >= RECOVERED_MS) attempt = 0;
      restartLater(`${name} ended (${describeExit(exit)}); restarting in`);
    });
  };

  const restartLater = (why: string): void => {
    const delayMs = restartDelayMs(attempt);
    attempt += 1;
    say(`${why} ${inSeconds(delayMs)}`);
    cancelRestart = clock.after(delayMs, () => {
      starting = restart();
    });
  };

  const restart = async (): Promise<void> => {
    try {
      const running = await options.start();
      watch(running);
      if (!stopping) say(`${name} runs again`);
    } catch (error) {
      if (!stopping) restartLater(`${name} did not start: ${messageOf(error)}; trying again in`);
    }
  };

  const first = await options.start();
  watch(first);
  const halt = (): void => {
    stopping = true;
    cancelRestart();
  };
  return {
    first,
    halt,
    stop: async () => {
      halt();
      await starting;
      await current?.stop();
    },
  };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
