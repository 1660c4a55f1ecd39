import { type AppendError, type AppendOutcome, type EventStore } from '@cordboard/event-store';
import { err } from '@cordboard/kernel';
import { type EnginePorts } from './ports.ts';

/** Whether this worker can write to its log (design K7). */
export interface LogHealth {
  /** The log, watched. */
  readonly store: EventStore;
  readonly works: () => boolean;
  /** `onDown`: nothing could be written for half a second; `onUp`: the log answers again. */
  readonly start: (hooks: { readonly onDown: () => void; readonly onUp: () => void }) => void;
  readonly stop: () => void;
}

const TICK_MS = 100;
/**
 * So many ticks without a write that came through, while some failed or hang. Ticks and not time: those of a
 * process that stood still itself do not count.
 */
const MAX_BAD_TICKS = 5;
/** After so many ticks without another failure a question tells whether one failure was more than that. */
const QUIET_TICKS = 3;
const PROBE_MS = 250;
const MAX_PROBES = 4;

/** The log has not answered; every other error is an answer, or our own. */
const isSilence = ({ kind }: AppendError): boolean => kind === 'unavailable' || kind === 'unknown';

export const createLogHealth = ({
  store,
  clock,
  log,
  metrics,
}: Pick<EnginePorts, 'store' | 'clock' | 'log' | 'metrics'>): LogHealth => {
  let works = true;
  let outstanding = 0;
  let failing = false;
  let badTicks = 0;
  let quietTicks = 0;
  let probes = 0;
  let stopped = true;
  let cancel: (() => void) | null = null;
  let hooks = { onDown: (): void => undefined, onUp: (): void => undefined };

  const inTrouble = (): boolean => outstanding > 0 || failing;

  const watch = (): void => {
    if (cancel === null && !stopped && works && inTrouble()) cancel = clock.after(TICK_MS, tick);
  };

  const tick = (): void => {
    cancel = null;
    badTicks = inTrouble() ? badTicks + 1 : 0;
    if (badTicks >= MAX_BAD_TICKS) return goDown();
    quietTicks += 1;
    if (failing && outstanding === 0 && quietTicks >= QUIET_TICKS) void probe();
    // What has arrived meanwhile is heard before the next one.
    queueMicrotask(watch);
  };

  const recovered = (): void => {
    failing = false;
    badTicks = 0;
    if (works) return;
    works = true;
    log.info('the log answers again');
    hooks.onUp();
  };

  /** Writes still under way tell more than a question does: they must have ended. */
  const probe = async (): Promise<void> => {
    if (probes >= MAX_PROBES) return;
    probes += 1;
    try {
      await store.now();
      if (outstanding === 0) recovered();
    } catch {
      // It is asked again.
    } finally {
      probes -= 1;
    }
  };

  const probeOn = (): void => {
    cancel = null;
    if (works || stopped) return;
    void probe();
    cancel = clock.after(PROBE_MS, probeOn);
  };

  const goDown = (): void => {
    works = false;
    badTicks = 0;
    metrics.count('log_outages');
    log.error('the log cannot be used; all sessions are given up until it answers');
    hooks.onDown();
    probeOn();
  };

  const failed = (): void => {
    failing = true;
    quietTicks = 0;
    watch();
  };

  return {
    works: () => works,
    store: {
      ...store,
      append: async (append) => {
        outstanding += 1;
        watch();
        const outcome = await store
          .append(append)
          .catch((error: unknown): AppendOutcome => err({ kind: 'unknown', reason: String(error) }));
        outstanding -= 1;
        if (!outcome.ok && isSilence(outcome.error)) failed();
        else if (outcome.ok || outcome.error.kind !== 'overloaded') {
          badTicks = 0;
          failing = false;
        }
        return outcome;
      },
      load: async (sessionId, schema) => {
        try {
          return await store.load(sessionId, schema);
        } catch (error) {
          failed();
          throw error;
        }
      },
    },
    start: (given) => {
      hooks = given;
      stopped = false;
    },
    stop: () => {
      stopped = true;
      cancel?.();
      cancel = null;
    },
  };
};
