import { HEADERS } from '@cordboard/bus';
import { type SwitchAnswer, type SwitchRequest } from '@cordboard/domain';
import { requestToCti } from '@cordboard/translation';
import { type EnginePorts } from '../ports.ts';
import { failed, readAnswer, subjectOf, type SwitchPlace, UNREACHABLE } from './switch-answers.ts';

/** An intent that stands in the log, about to be carried out. */
interface Intent extends SwitchPlace {
  readonly epoch: number;
  readonly requestId: string;
  readonly request: SwitchRequest;
  /** Asks what became of it and starts nothing: a new owner found it without an outcome (design K11). */
  readonly probe: boolean;
}

/** A request without an answer so far. */
interface Open {
  end: () => void;
  cancelProbe: () => void;
  /** How long the last `pending` was good for, in ms. */
  patienceMs: number;
}

export interface SwitchboardHooks {
  /** False when nobody waited for it any more. */
  readonly onAnswer: (requestId: string, answer: SwitchAnswer) => boolean;
  /** The adapter has heard a later owner: this one is not the owner any more. */
  readonly onStale: () => void;
  /** The adapter does not know the session that it was asked about; called after the answer. */
  readonly onForgotten: () => void;
  /** The instance is known to take nothing, so that asking it would only cost time. */
  readonly isAway: (place: SwitchPlace) => boolean;
}

/** Its adapter went meanwhile, or another run of it answers: in the words of the domain for one that is lost. */
const FORGOTTEN = 'The phone system was lost before it answered. What it did is read again when it is back.';

/** Without a word for so long, what was asked or what was answered may be lost: the owner asks what became of it. */
const PROBE_MS = 2_000;
/** An adapter that says `pending` is asked after 4, 8, 8 ... s. */
const MAX_PATIENCE_MS = 8_000;

/**
 * Carries out the requests of one session. Time limits are the domain's: it sees the deadline pass, and that ends the
 * probes too. `never-seen` to a probe is final: a connection keeps its order, so that no probe overtakes its request,
 * and an adapter carries nothing out of which it has said so.
 */
export class Switchboard {
  readonly #open = new Map<string, Open>();

  constructor(
    private readonly ports: Pick<EnginePorts, 'bus' | 'clock' | 'metrics'>,
    private readonly hooks: SwitchboardHooks,
  ) {}

  send(intent: Intent): void {
    this.#finish(intent.requestId);
    this.ports.metrics.count('switch_requests');
    const known: Open = { end: () => undefined, cancelProbe: () => undefined, patienceMs: PROBE_MS };
    this.#open.set(intent.requestId, known);
    if (this.hooks.isAway(intent)) this.#refuse(intent, known);
    else this.#ask(intent, known);
  }

  /** Stops listening for answers, for a session that was given up or a request that timed out. */
  forget(requestId?: string): void {
    if (requestId !== undefined) return this.#finish(requestId);
    for (const known of [...this.#open.keys()]) this.#finish(known);
  }

  #ask(intent: Intent, known: Open): void {
    const { bus, metrics } = this.ports;
    const { requestId, request, epoch, probe } = intent;
    if (probe) metrics.count('switch_probes');
    this.#probeAfter(intent, known, PROBE_MS);
    known.end = bus.ask(
      subjectOf(intent, request),
      JSON.stringify(requestToCti(request, requestId, intent.processor)),
      {
        headers: { [HEADERS.epoch]: String(epoch), ...(probe ? { [HEADERS.probe]: 'true' } : {}) },
        onReply: (message) => this.#heard(intent, known, readAnswer(request, message)),
        onNoResponders: (why) => this.#unanswered(intent, why),
      },
    );
  }

  #probeAfter(intent: Intent, known: Open, delayMs: number): void {
    known.cancelProbe();
    known.cancelProbe = this.ports.clock.after(delayMs, () => {
      known.end();
      this.#ask({ ...intent, probe: true }, known);
    });
  }

  #heard(intent: Intent, known: Open, answer: ReturnType<typeof readAnswer>): void {
    const { requestId } = intent;
    if (answer === 'pending') {
      known.patienceMs = Math.min(known.patienceMs * 2, MAX_PATIENCE_MS);
      this.#probeAfter(intent, known, known.patienceMs);
    } else if (answer === 'stale') {
      this.#finish(requestId);
      this.hooks.onStale();
    } else if (answer === 'forgotten') {
      if (this.#settle(requestId, failed('unknown', FORGOTTEN))) this.hooks.onForgotten();
    } else this.#settle(requestId, answer);
  }

  #unanswered({ requestId, probe }: Intent, why: keyof typeof UNREACHABLE | 'closed'): void {
    // With our own connection gone nothing is known; the next owner probes.
    if (why === 'closed') return this.#finish(requestId);
    // A probe that reaches nobody says nothing of the request before it: the line may be back for the next one.
    if (!probe) this.#settle(requestId, failed('unreachable', UNREACHABLE[why]));
  }

  #refuse({ requestId, probe }: Intent, known: Open): void {
    queueMicrotask(() => {
      if (this.#open.get(requestId) !== known) return;
      this.#settle(requestId, failed(probe ? 'unknown' : 'unreachable', UNREACHABLE['no-responders']));
    });
  }

  #settle(requestId: string, answer: SwitchAnswer): boolean {
    this.#finish(requestId);
    if (!answer.ok && answer.cause === 'malformed') this.ports.metrics.count('switch_answers_malformed');
    return this.hooks.onAnswer(requestId, answer);
  }

  #finish(requestId: string): void {
    const known = this.#open.get(requestId);
    this.#open.delete(requestId);
    known?.cancelProbe();
    known?.end();
  }
}
