import { HIGHEST_VERSION } from '@cordboard/translation';
import { type LogClock } from '../log/log-clock.ts';
import { createOrphanSweep } from './orphan-sweep.ts';
import { type Ownership } from './ownership.ts';
import { type EnginePorts, type EngineSettings } from '../ports.ts';

const BEAT_MS = 1_000;
/** A worker that missed two beats is dead to the others. */
const STALE_MS = 2 * BEAT_MS + 200;
const NOT_RETIRED = 'this worker could not be taken off the list; the others wait for its beat';

/** Says each second that this worker lives, and takes over the sessions of those that do not (design K8). */
export interface Takeover {
  readonly start: () => Promise<void>;
  /** Looks for sessions without owner now: a worker has just left. */
  readonly hurry: () => void;
  /** Takes nothing more over: what this worker has is about to be handed on. It goes on beating. */
  readonly rest: () => void;
  readonly stop: () => Promise<void>;
}

export const createTakeover = (
  ports: Pick<EnginePorts, 'store' | 'log'> & { readonly clock: LogClock },
  settings: EngineSettings,
  ownership: Ownership,
  works: () => boolean,
): Takeover => {
  const { store, clock, log } = ports;
  const { workerId, reads = HIGHEST_VERSION } = settings;
  let cancel: (() => void) | null = null;
  let resting = false;
  let stopped = false;
  let again = false;
  let running: Promise<void> = Promise.resolve();
  let sweeping: Promise<void> | null = null;

  const isIdle = (): boolean => resting || !works();

  const sweep = createOrphanSweep({ store, settings, ownership, staleMs: STALE_MS, isIdle });

  const sweepAll = async (): Promise<void> => {
    do again = false;
    while (((await sweep()) || again) && !isIdle());
  };

  /** Its length must not hold up the beat: a worker busy with taking over would itself look dead. */
  const sweepOnce = (): void => {
    if (isIdle()) return;
    sweeping ??= sweepAll()
      .catch((error: unknown) =>
        log.warn('looking for sessions without owner failed', { error: String(error) }),
      )
      .finally(() => (sweeping = null));
  };

  /** Without the log this worker owns nothing, and the others are to see that. */
  const beatOnce = async (): Promise<void> => {
    if (!works()) return;
    await store.beat(workerId, reads);
    sweepOnce();
    await clock.compare();
  };

  const beat = async (): Promise<void> => {
    await beatOnce().catch((error: unknown) => log.warn('the beat failed', { error: String(error) }));
    if (!stopped) cancel = clock.after(BEAT_MS, () => void (running = beat()));
  };

  return {
    start: async () => {
      await clock.compare();
      await store.beat(workerId, reads);
      running = beat();
    },
    hurry: () => {
      again = true;
      sweepOnce();
    },
    rest: () => void (resting = true),
    stop: async () => {
      resting = true;
      stopped = true;
      cancel?.();
      await Promise.all([running, sweeping]);
      await store.retire(workerId).catch((error: unknown) => {
        log.warn(NOT_RETIRED, { error: String(error) });
      });
    },
  };
};
