import { type Clock, err, ok, type Result } from '@cordboard/kernel';
import { isNotMe, isReceipt, isResult } from './answers.ts';
import { type Bus, type BusMessage, type Unanswered } from './bus.ts';
import { type Headers, HEADERS } from './headers.ts';
import { parseSubject } from './parse-subject.ts';
import { type Subject, subjects } from './subjects.ts';

/** A message of one session (a command, a switch event) and how long to insist. */
export interface Delivery {
  /** Where the owner listens. */
  readonly subject: Subject;
  /** The claim group; without it a missing owner is waited for. */
  readonly claim?: Subject | undefined;
  readonly body: string;
  readonly headers?: Headers | undefined;
  readonly clock: Clock;
  /** The sender gives up then; `Infinity` means as long as the connection lives. */
  readonly timeoutMs: number;
  /** An owner that is silent for so long is passed by: the message goes to the claim group; so is a claimer. */
  readonly receiptMs?: number | undefined;
  /** After a receipt the message is repeated so often. */
  readonly repeatMs?: number | undefined;
  /** Ends the delivery with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

export type DeliverError = 'timeout' | 'closed' | 'too-large' | 'cancelled';
type Outcome = Result<BusMessage, DeliverError>;

const RECEIPT_MS = 150;
/** The group may choose the very owner that was silent: it has this share of the time only. */
const SHARE_OF_GROUP = 0.5;
const REPEAT_MS = 1_000;
const FIRST_BACK_OFF_MS = 50;
const MAX_BACK_OFF_MS = 1_000;
/** So many workers that cannot serve the session are passed by at once. */
const REFUSALS_AT_ONCE = 3;
/** Earlier repetitions that may still be answered; the oldest is given up for a new one. */
const MAX_OPEN_ASKS = 4;

interface Attempt {
  readonly of: 'owner' | 'group' | 'any';
  readonly end: () => void;
}

class Deliverer {
  #attempts: Attempt[] = [];
  #cancelTimer: () => void = () => undefined;
  #cancelLimit: () => void = () => undefined;
  #backOffMs = FIRST_BACK_OFF_MS;
  /** How many workers said that they cannot serve this session. */
  #refusals = 0;
  #ownerIsSilent = false;
  #done = false;

  constructor(
    private readonly bus: Bus,
    private readonly delivery: Delivery,
    private readonly settle: (outcome: Outcome) => void,
  ) {}

  start(): void {
    const { clock, timeoutMs, signal } = this.delivery;
    if (signal?.aborted === true) return this.#finish(err('cancelled'));
    signal?.addEventListener('abort', this.#onAbort);
    if (timeoutMs !== Infinity)
      this.#cancelLimit = clock.after(timeoutMs, () => this.#finish(err('timeout')));
    this.#askOwner();
  }

  readonly #onAbort = (): void => this.#finish(err('cancelled'));

  readonly #askOwner = (): void => {
    const { subject, claim, headers, receiptMs = RECEIPT_MS, repeatMs = REPEAT_MS } = this.delivery;
    this.#ask('owner', subject, headers);
    if (claim === undefined) this.#wait(repeatMs, this.#askOwner);
    else
      this.#wait(receiptMs, () => {
        this.#ownerIsSilent = true;
        this.#askClaim(claim);
      });
  };

  /** The group may choose one that hangs, as often as not: then whoever hears it is to take it. */
  #askClaim(claim: Subject): void {
    this.#claim('group', claim, () => {
      const to = parseSubject(claim);
      if (to?.kind !== 'claim') return this.#askAgain();
      this.#claim('any', subjects.claimByAny(to.tenant), this.#askAgain);
    });
  }

  #claim(of: Attempt['of'], to: Subject, whenSilent: () => void): void {
    const { subject, headers, receiptMs = RECEIPT_MS } = this.delivery;
    const silent: Headers = this.#ownerIsSilent ? { [HEADERS.silent]: 'true' } : {};
    this.#ask(of, to, { ...headers, [HEADERS.for]: subject, ...silent });
    const share = of === 'group' && this.#ownerIsSilent ? SHARE_OF_GROUP : 1;
    this.#wait(Math.max(receiptMs * share, this.#backOffMs), whenSilent);
  }

  /** When all of them hang, ever more patiently. */
  readonly #askAgain = (): void => {
    this.#backOff();
    this.#askOwner();
  };

  #ask(of: Attempt['of'], subject: Subject, headers: Headers | undefined): void {
    if (this.#attempts.length >= MAX_OPEN_ASKS) this.#attempts.shift()?.end();
    const end = this.bus.ask(subject, this.delivery.body, {
      headers,
      onReply: (reply) => this.#onReply(attempt, reply),
      onNoResponders: (why) => this.#onUnanswered(attempt, why),
    });
    const attempt: Attempt = { of, end };
    this.#attempts.push(attempt);
  }

  #wait(delayMs: number, next: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.delivery.clock.after(delayMs, next);
  }

  #onReply(attempt: Attempt, reply: BusMessage): void {
    if (this.#done) return;
    if (isResult(reply)) return this.#finish(ok(reply));
    if (isNotMe(reply) && this.#attempts.at(-1) === attempt) return this.#onNotMe();
    if (!isReceipt(reply)) return;
    this.#backOffMs = FIRST_BACK_OFF_MS;
    this.#wait(this.delivery.repeatMs ?? REPEAT_MS, this.#askOwner);
  }

  /** Others of the group may be able to; when none seems to be, ever more patiently. */
  #onNotMe(): void {
    const { claim } = this.delivery;
    const slower = this.#refusals - REFUSALS_AT_ONCE;
    this.#refusals += 1;
    if (slower < 0 && claim !== undefined) return this.#askClaim(claim);
    this.#wait(Math.min(FIRST_BACK_OFF_MS * 2 ** Math.max(slower, 0), MAX_BACK_OFF_MS), this.#askOwner);
  }

  #onUnanswered(attempt: Attempt, why: Unanswered): void {
    if (this.#done) return;
    if (why === 'closed' || why === 'too-large') return this.#finish(err(why));
    const latest = this.#attempts.at(-1) === attempt;
    this.#attempts = this.#attempts.filter((other) => other !== attempt);
    if (!latest) return;
    const { claim } = this.delivery;
    const nobody = why === 'no-responders' && claim !== undefined;
    if (nobody && attempt.of === 'owner') {
      this.#ownerIsSilent = false;
      return this.#askClaim(claim);
    }
    if (nobody && attempt.of === 'any') return this.#askAgain();
    this.#wait(this.#backOffMs, this.#askOwner);
    this.#backOff();
  }

  #backOff(): void {
    this.#backOffMs = Math.min(this.#backOffMs * 2, MAX_BACK_OFF_MS);
  }

  #finish(outcome: Outcome): void {
    if (this.#done) return;
    this.#done = true;
    this.#cancelTimer();
    this.#cancelLimit();
    this.delivery.signal?.removeEventListener('abort', this.#onAbort);
    for (const { end } of this.#attempts) end();
    this.settle(outcome);
  }
}

/**
 * Asks until answered (docs/contracts.md): the owner first, the claim group when there is none or it is silent,
 * again and again under the same id until a result comes. A claimer that is silent is passed by: every worker hears
 * the claim then. When nobody could claim, the fleet is restarting:
 * tries again after 50 ms, doubling to 1 s. Safe because the receiver knows the message by its id.
 */
export const deliver = (bus: Bus, delivery: Delivery): Promise<Outcome> =>
  new Promise((resolve) => new Deliverer(bus, delivery, resolve).start());
