import { type Adapter, pendingRequests, type SessionInput, type SwitchAnswer } from '@cordboard/domain';
import { type Appended, type AppendError, type Keyring } from '@cordboard/event-store';
import { answerCause, type Cause, linkCause, timerCause } from './cause.ts';
import { type DeadlineWheel } from './deadline-wheel.ts';
import { type EnginePorts } from '../ports.ts';
import { publishEvents, publishPassing } from './publisher.ts';
import { createReplies } from '../commands/replies.ts';
import { type RoundTrip } from '../ownership/round-trip.ts';
import { type SessionMemory } from './session-memory.ts';
import {
  type RecordedEvent,
  type RunnerHooks,
  type RunnerSettings,
  SessionRunner,
} from './session-runner.ts';
import { type SwitchPlace } from '../switch/switch-answers.ts';
import { Switchboard } from '../switch/switchboard.ts';

type PendingRequest = ReturnType<typeof pendingRequests>[number];

export interface OwnedSessionHooks {
  /** The session ended in order. */
  readonly onClosed: (session: OwnedSession) => void;
  /** The session has to be given up: `fenced` when another worker owns it. */
  readonly onLost: (session: OwnedSession, error: AppendError) => void;
}

/** What watches over the adapters of the sessions. */
export interface SessionLinks {
  readonly isAway: (place: SwitchPlace) => boolean;
  /** Something was recorded. */
  readonly changed: (session: OwnedSession) => void;
  /** The adapter does not know the session. */
  readonly forgotten: (session: OwnedSession) => void;
  /** Sends a log-in that belongs to a reconciliation when it is its turn. */
  readonly admit: (session: OwnedSession, send: () => void) => void;
  /** The session is in other hands, or over. */
  readonly dropped: (session: OwnedSession) => void;
}

/** What a worker has found out by itself (domain inputs). */
type LinkInput =
  | { readonly kind: 'adapter-lost'; readonly reason: LossReason }
  | { readonly kind: 'reconcile'; readonly cause: LossCause; readonly adapter: Adapter }
  | Omit<Extract<SessionInput, { kind: 'surveyed' }>, 'at' | 'seed' | 'house'>;

export type LossReason = Extract<SessionInput, { kind: 'adapter-lost' }>['reason'];
export type LossCause = Extract<SessionInput, { kind: 'reconcile' }>['cause'];

export interface Given {
  readonly memory: SessionMemory;
  readonly keyring: Keyring;
  readonly wheel: DeadlineWheel<OwnedSession>;
  readonly links: SessionLinks;
  readonly settings: RunnerSettings;
  readonly roundTrip: RoundTrip;
}

/** A session that is spoken to all the time comes to no rest: after so many writes it is handed on as it is. */
const MAX_ROUNDS = 8;

/** A session in this worker's hands: its runner, and what leaves after each flush. */
export class OwnedSession {
  readonly runner: SessionRunner;
  readonly replies;
  /** When the bound client's edge last said that it is there. */
  renewedAt: number;
  /** When it was last spoken to, or recorded something. */
  touchedAt: number;
  /** The place of the newest cached state that was made of it; 0 without one. */
  cachedSeq = 0;
  readonly #wheel: DeadlineWheel<OwnedSession>;
  readonly #links: SessionLinks;
  readonly #switchboard;
  readonly #settings: RunnerSettings;
  readonly #roundTrip: RoundTrip;
  #disposed = false;
  #leaving = false;

  constructor(
    private readonly ports: EnginePorts,
    { memory, keyring, wheel, links, settings, roundTrip }: Given,
    private readonly hooks: OwnedSessionHooks,
  ) {
    this.#wheel = wheel;
    this.#links = links;
    this.replies = createReplies(ports.bus, () => this.standing);
    this.#roundTrip = roundTrip;
    this.renewedAt = ports.clock.now();
    this.touchedAt = this.renewedAt;
    this.#switchboard = new Switchboard(ports, {
      onAnswer: (requestId, answer) => this.#onAnswer(requestId, answer),
      onStale: () => hooks.onLost(this, { kind: 'fenced' }),
      onForgotten: () => links.forgotten(this),
      isAway: links.isAway,
    });
    this.#settings = settings;
    const runnerHooks: RunnerHooks = {
      onFlushed: (events, at) => this.#onFlushed(events, at),
      onPassing: (events, sequence) => publishPassing(ports, events, sequence),
      onLost: (error) => hooks.onLost(this, error),
      onDeadline: (at) => this.#onDeadline(at),
    };
    this.runner = new SessionRunner(memory, keyring, ports.store, runnerHooks, settings);
  }

  /** Where the session stands, for `failure.context`; undefined unless debugging is switched on. */
  get standing(): string | undefined {
    if (this.#settings.debugContext !== true) return undefined;
    const { state, sessionId, memory } = this.runner;
    return `session ${sessionId}, phase ${state.phase}, epoch ${memory.head.epoch}, sequence ${memory.head.seq}`;
  }

  /** Sends the intents that a former owner left without outcome again, as probes; ours are not out yet. */
  probe(): void {
    for (const pending of pendingRequests(this.runner.stored.state)) {
      if (this.#awaits(pending.requestId)) this.#send(pending, true);
    }
  }

  /** Takes in what this worker has found out about the session's adapter. */
  note(found: LinkInput): void {
    if (this.#leaving || this.#disposed) return;
    const { adapter, owner } = this.runner.state;
    const instance = adapter?.instance ?? 'none';
    const arrival = this.#arrival();
    const cause = linkCause(owner?.worker ?? 'none', found.kind, instance, arrival.seed);
    const input = found.kind === 'adapter-lost' ? { ...found, instance } : found;
    this.#take({ ...input, ...arrival }, cause);
  }

  /** Takes the time of a passed deadline in. */
  elapse(): void {
    if (this.#leaving) return;
    const { at, seed } = this.#arrival();
    this.#take({ kind: 'elapsed', at, seed }, timerCause(seed));
  }

  /**
   * Says something that is stored nowhere but follows from the state: once all that led to it is, and once it is
   * sure that no other owner had spoken up by now. One that was frozen or cut off says nothing (design K6).
   */
  say(speak: () => void): void {
    const sure = Promise.all([this.runner.settled, this.#roundTrip()]);
    void sure.then(() => {
      if (!this.runner.lost) speak();
    });
  }

  /**
   * Is heard until all that was decided is stored and has left: whoever finds the session without owner asks what
   * became of its requests, and must not ask before them. Takes nothing more in from then on; settles when the
   * server has everything.
   */
  async leave(stopHearing: () => void): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS && !this.runner.isAtRest; round += 1) await this.runner.settled;
    stopHearing();
    this.#leaving = true;
    await Promise.all([this.runner.settled, this.#roundTrip()]);
  }

  get isDisposed(): boolean {
    return this.#disposed;
  }

  dispose(): void {
    this.#disposed = true;
    this.#wheel.set(this, null);
    this.#switchboard.forget();
    this.#links.dropped(this);
  }

  #arrival(): { readonly at: number; readonly seed: string } {
    return { at: this.ports.clock.now(), seed: this.ports.ids.next() };
  }

  #take(input: SessionInput, cause: Cause): void {
    const { runner } = this;
    const taken = runner.submit({ input, cause });
    if (taken.ok) return;
    this.ports.log.error('a fact was refused', { session: runner.sessionId, code: taken.error.code });
  }

  #onAnswer(requestId: string, answer: SwitchAnswer): boolean {
    if (this.#leaving) return false;
    const { state } = this.runner;
    const pending = pendingRequests(state).find((known) => known.requestId === requestId);
    if (pending === undefined) return false;
    const cause = answerCause(state.adapter?.instance ?? 'none', requestId, pending.commandId);
    this.#take({ kind: 'answer', requestId, answer, ...this.#arrival() }, cause);
    return true;
  }

  #onFlushed(events: readonly RecordedEvent[], at: Appended): void {
    const { bus, metrics, clock } = this.ports;
    const { answer } = this.replies;
    this.touchedAt = clock.now();
    publishEvents({ bus, metrics, answer }, events, at);
    for (const { event } of events) {
      // Of what was under way nothing is waited for any more, steps of a set-up that ended without a word included.
      if (event.type === 'AdapterLost') this.#switchboard.forget();
      if (event.type === 'SwitchRequested' && this.#awaits(event.data.requestId))
        this.#send(event.data, false);
      if (event.type === 'SwitchAnswered') this.#switchboard.forget(event.data.requestId);
    }
    if (events.some(({ event }) => event.type === 'SessionClosed')) this.hooks.onClosed(this);
    else this.#links.changed(this);
  }

  /** An intent that has an outcome by now is not carried out: its adapter was lost. Those of the end stand for good. */
  #awaits(requestId: string): boolean {
    const { state } = this.runner;
    return state.phase === 'CLOSED' || state.requests.some((pending) => pending.requestId === requestId);
  }

  #onDeadline(at: number | null): void {
    if (!this.#disposed) this.#wheel.set(this, at);
  }

  #send({ requestId, request }: PendingRequest, probe: boolean): void {
    const { tenant, processor, adapter, reconcile } = this.runner.state;
    if (adapter === null) return;
    const { instance } = adapter;
    const { epoch } = this.runner.memory.head;
    const send = (): void =>
      this.#switchboard.send({ tenant, processor, instance, epoch, requestId, request, probe });
    if (request.type === 'CreateSession' && reconcile !== null) this.#links.admit(this, send);
    else send();
  }
}
