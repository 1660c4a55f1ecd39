import { type AppendError, type AppendOutcome, type EventStore } from '@cordboard/event-store';
import { err } from '@cordboard/kernel';
import { type EnginePorts } from '../ports.ts';

interface Hooks {
  /** Nothing could be written for half a second. */
  readonly onDown: () => void;
  /** The log answers again. */
  readonly onUp: () => void;
}

const TICK_MS = 100;
/**
 * So many ticks without a write that came through, while some failed or hang. Ticks and not time: those of a
 * process that stood still itself do not count.
 */
const MAX_BAD_TICKS = 5;
/** Writes that hang and come through after all tell of a log that is slow: it is borne for longer then. */
const MAX_PATIENCE = 40;
/** After so long without a write that hung the log counts as quick again. */
const CALM_MS = 60_000;
/** After so many ticks without another failure a question tells whether one failure was more than that. */
const QUIET_TICKS = 3;
const PROBE_MS = 250;
const MAX_PROBES = 4;

/** The log has not answered; every other error is an answer, or our own. */
const isSilence = ({ kind }: AppendError): boolean => kind === 'unavailable' || kind === 'unknown';

/** Whether this worker can write to its log (design K7). */
export class LogHealth {
  #works = true;
  #outstanding = 0;
  #failing = false;
  #badTicks = 0;
  #quietTicks = 0;
  #probes = 0;
  /** So many ticks may pass while nothing fails and a write hangs. */
  #patience = MAX_BAD_TICKS;
  #isPatienceDue = false;
  #strainedAt = -Infinity;
  #cancel: (() => void) | null = null;
  #hooks: Hooks | null = null;

  constructor(private readonly ports: Pick<EnginePorts, 'store' | 'clock' | 'log' | 'metrics'>) {}

  readonly works = (): boolean => this.#works;

  start(hooks: Hooks): void {
    this.#hooks = hooks;
  }

  stop(): void {
    this.#hooks = null;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** The log, watched. */
  get store(): EventStore {
    return { ...this.ports.store, append: this.#append, load: this.#load };
  }

  readonly #append: EventStore['append'] = async (append) => {
    this.#outstanding += 1;
    this.#watch();
    const outcome = await this.ports.store
      .append(append)
      .catch((error: unknown): AppendOutcome => err({ kind: 'unknown', reason: String(error) }));
    this.#outstanding -= 1;
    if (outcome.ok) this.#learn();
    if (!outcome.ok && isSilence(outcome.error)) this.#failed();
    else if (outcome.ok || outcome.error.kind !== 'overloaded') this.#answered();
    return outcome;
  };

  readonly #load: EventStore['load'] = async (sessionId, schema) => {
    try {
      return await this.ports.store.load(sessionId, schema);
    } catch (error) {
      this.#failed();
      throw error;
    }
  };

  /** Once an outage: to give everything up for a write that is only late would be the next outage. */
  #learn(): void {
    if (this.#works || !this.#isPatienceDue) return;
    this.#isPatienceDue = false;
    this.#patience = Math.min(2 * this.#patience, MAX_PATIENCE);
  }

  #strained(): void {
    const { clock } = this.ports;
    if (clock.now() - this.#strainedAt > CALM_MS) this.#patience = MAX_BAD_TICKS;
    this.#strainedAt = clock.now();
  }

  #answered(): void {
    this.#badTicks = 0;
    this.#failing = false;
  }

  #failed(): void {
    this.#failing = true;
    this.#quietTicks = 0;
    this.#watch();
  }

  readonly #watch = (): void => {
    const inTrouble = this.#outstanding > 0 || this.#failing;
    if (!inTrouble) this.#badTicks = 0;
    else if (this.#works && this.#hooks !== null)
      this.#cancel ??= this.ports.clock.after(TICK_MS, this.#tick);
  };

  readonly #tick = (): void => {
    this.#cancel = null;
    this.#badTicks += 1;
    this.#quietTicks += 1;
    if (this.#badTicks === MAX_BAD_TICKS) this.#strained();
    if (this.#badTicks >= (this.#failing ? MAX_BAD_TICKS : this.#patience)) return this.#goDown();
    if (this.#failing && this.#outstanding === 0 && this.#quietTicks >= QUIET_TICKS) void this.#probe();
    // What has arrived meanwhile is heard before the next one.
    queueMicrotask(this.#watch);
  };

  #goDown(): void {
    const { metrics, log } = this.ports;
    this.#works = false;
    this.#isPatienceDue = true;
    metrics.count('log_outages');
    log.error('the log cannot be used; all sessions are given up until it answers');
    this.#hooks?.onDown();
    this.#probeOn();
  }

  readonly #probeOn = (): void => {
    this.#cancel = null;
    if (this.#works || this.#hooks === null) return;
    void this.#probe();
    this.#cancel = this.ports.clock.after(PROBE_MS, this.#probeOn);
  };

  /** Writes still under way tell more than a question does: they must have ended. */
  async #probe(): Promise<void> {
    if (this.#probes >= MAX_PROBES) return;
    this.#probes += 1;
    const answered = await this.ports.store.now().then(
      () => true,
      () => false,
    );
    this.#probes -= 1;
    if (answered && this.#outstanding === 0) this.#recovered();
  }

  #recovered(): void {
    this.#answered();
    if (this.#works) return;
    this.#works = true;
    this.ports.log.info('the log answers again');
    this.#hooks?.onUp();
  }
}
