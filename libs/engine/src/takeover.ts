import { HIGHEST_VERSION } from '@cordboard/translation';
import { type LogClock } from './log-clock.ts';
import { type Ownership } from './ownership.ts';
import { type EnginePorts, type EngineSettings } from './ports.ts';

const BEAT_MS = 1_000;
/** A worker that missed two beats is dead to the others. */
const STALE_MS = 2 * BEAT_MS + 200;
const MAX_PER_SWEEP = 500;
const AT_ONCE = 16;

/** Says each second that this worker lives, and takes over the sessions of those that do not (design K8). */
export interface Takeover {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export const createTakeover = (
  ports: Pick<EnginePorts, 'store' | 'log'> & { readonly clock: LogClock },
  settings: EngineSettings,
  ownership: Ownership,
): Takeover => {
  const { store, clock, log } = ports;
  let cancel: (() => void) | null = null;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let sweeping: Promise<void> | null = null;

  const sweep = async (): Promise<void> => {
    const orphans = await store.orphans(STALE_MS, MAX_PER_SWEEP, HIGHEST_VERSION);
    const waiting = orphans.filter(({ sessionId }) => ownership.find(sessionId) === null);
    const take = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && !stopped; next = waiting.shift()) {
        const { tenant, sessionId, epoch } = next;
        await ownership.claim({ tenant, sessionId, after: epoch ?? undefined });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, take));
  };

  /** Its length must not hold up the beat: a worker busy with taking over would itself look dead. */
  const sweepOnce = (): void => {
    sweeping ??= sweep()
      .catch((error: unknown) =>
        log.warn('looking for sessions without owner failed', { error: String(error) }),
      )
      .finally(() => (sweeping = null));
  };

  const beat = async (): Promise<void> => {
    try {
      await store.beat(settings.workerId, HIGHEST_VERSION);
      sweepOnce();
      await clock.compare();
    } catch (error) {
      log.warn('the beat failed', { error: String(error) });
    }
    if (!stopped) cancel = clock.after(BEAT_MS, () => void (running = beat()));
  };

  return {
    start: async () => {
      await clock.compare();
      await store.beat(settings.workerId, HIGHEST_VERSION);
      running = beat();
    },
    stop: async () => {
      stopped = true;
      cancel?.();
      await Promise.all([running, sweeping]);
      await store.retire(settings.workerId).catch((error: unknown) => {
        log.warn('this worker could not be taken off the list; the others wait for its beat', {
          error: String(error),
        });
      });
    },
  };
};
