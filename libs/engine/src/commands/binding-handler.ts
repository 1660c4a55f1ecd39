import { type ParsedRequest } from '@cordboard/agent-protocol';
import { answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { type Actor } from '@cordboard/kernel';
import { bindAnswer } from './bind-answer.ts';
import { commandCause, workerCause } from '../session/cause.ts';
import { type OwnedSession } from '../session/owned-session.ts';
import { type EnginePorts } from '../ports.ts';
import { answerUnstored, failure, isSendable, rejected, success } from './responses.ts';

/** Edges renew every 5 s; after so long without renewal the browser counts as gone. */
export const LAPSE_MS = 15_000;

/** A sweep that comes so late was held up: the renewals that came meanwhile are heard before one is missed. */
const HELD_UP_MS = 5_000;
const GRACE_MS = 6_000;

const TOO_LARGE =
  'The session holds more than can be sent at once. Prepare again with override true to begin a new one.';

const ENDED = 'This binding has ended. Bind again.';

const bindingOf = (message: BusMessage): string => message.headers[HEADERS.binding] ?? '';

/** What becomes of the one browser that a session has (design section 7). */
export class BindingHandler {
  #sweptAt = Infinity;
  #graceUntil = -Infinity;

  constructor(private readonly ports: Pick<EnginePorts, 'bus' | 'clock' | 'ids' | 'log'>) {}

  bind(session: OwnedSession, message: BusMessage, request: ParsedRequest, actor: Actor): void {
    const { runner } = session;
    const binding = bindingOf(message);
    const { client, takeover, afterSequence } = request.data;
    if (runner.memory.endedBindings.includes(binding)) {
      const ended = failure(request, 'SESSION_TAKEN_OVER', ENDED, session.standing);
      return session.say(() => answerResult(message, ended));
    }
    // The binding counts from its decision on; its write may take longer than the next sweep is away.
    session.renewedAt = this.ports.clock.now();
    const answer = (): void => this.#answerBind(session, message, request, afterSequence);
    if (runner.state.client?.binding === binding) {
      return session.say(answer);
    }
    const taken = runner.submit({
      input: {
        kind: 'bind',
        client: typeof client === 'string' ? client : '',
        binding,
        takeover: takeover === true,
        ...this.#arrival(),
      },
      cause: commandCause(actor, request.requestId, message.headers[HEADERS.trace]),
    });
    if (!taken.ok) {
      const refusal = rejected(request, taken.error, session.standing);
      return session.say(() => answerResult(message, refusal));
    }
    void taken.value.then((error) => (error === null ? answer() : answerUnstored(message, request, error)));
  }

  renew(session: OwnedSession, message: BusMessage): void {
    const { runner } = session;
    const isBound = (): boolean => runner.state.client?.binding === bindingOf(message);
    if (isBound()) session.renewedAt = this.ports.clock.now();
    session.say(() =>
      answerResult(message, JSON.stringify({ bound: isBound(), sequence: runner.stored.head.wireSeq })),
    );
  }

  unbind(session: OwnedSession, message: BusMessage, actor: Actor): void {
    this.#end(session, bindingOf(message), 'closed', actor);
    answerResult(message, JSON.stringify({ bound: false }));
  }

  /** Unbinds sessions whose edge has not renewed for `LAPSE_MS`. */
  sweep(sessions: Iterable<OwnedSession>): void {
    const now = this.ports.clock.now();
    if (now - this.#sweptAt > HELD_UP_MS) this.#graceUntil = now + GRACE_MS;
    this.#sweptAt = now;
    if (now < this.#graceUntil) return;
    for (const session of sessions) {
      const { client } = session.runner.state;
      if (client === null || now - session.renewedAt < LAPSE_MS) continue;
      this.#end(session, client.binding, 'lapsed', { kind: 'timer', id: 'binding' });
    }
  }

  /** Ends the session because its agent prepares another one. */
  close(session: OwnedSession, message: BusMessage, actor: Actor): void {
    const { at, seed } = this.#arrival();
    const taken = session.runner.submit({
      input: { kind: 'close', reason: 'overridden', at, seed },
      cause: workerCause(actor.id, 'override', seed),
    });
    const closed = JSON.stringify({ ok: true });
    if (!taken.ok) return session.say(() => answerResult(message, closed));
    void taken.value.then((error) => (error === null ? answerResult(message, closed) : undefined));
  }

  #answerBind(session: OwnedSession, message: BusMessage, request: ParsedRequest, cursor: unknown): void {
    const answer = success(request, bindAnswer(session.runner.stored, cursor));
    if (isSendable(this.ports.bus, answer)) return answerResult(message, answer);
    this.ports.log.error('a snapshot is too large to be sent', { session: session.runner.sessionId });
    answerResult(message, failure(request, 'SERVICE_UNAVAILABLE', TOO_LARGE));
  }

  #end(session: OwnedSession, binding: string, reason: 'closed' | 'lapsed', actor: Actor): void {
    const { at, seed } = this.#arrival();
    session.runner.submit({
      input: { kind: 'unbind', binding, reason, at, seed },
      cause: { actor, causation: `binding:${reason}`, correlation: seed },
    });
  }

  #arrival(): { readonly at: number; readonly seed: string } {
    return { at: this.ports.clock.now(), seed: this.ports.ids.next() };
  }
}
