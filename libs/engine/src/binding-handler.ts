import { type ParsedRequest } from '@cordboard/agent-protocol';
import { answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { type Actor } from '@cordboard/kernel';
import { bindAnswer } from './bind-answer.ts';
import { commandCause, workerCause } from './cause.ts';
import { type OwnedSession } from './owned-session.ts';
import { type EnginePorts } from './ports.ts';
import { answerUnstored, rejected, success } from './responses.ts';

/** Edges renew every 5 s; after so long without renewal the browser counts as gone. */
export const LAPSE_MS = 15_000;

const bindingOf = (message: BusMessage): string => message.headers[HEADERS.binding] ?? '';

/** What becomes of the one browser that a session has (design section 7). */
export class BindingHandler {
  constructor(private readonly ports: Pick<EnginePorts, 'clock' | 'ids'>) {}

  bind(session: OwnedSession, message: BusMessage, request: ParsedRequest, actor: Actor): void {
    const { runner } = session;
    const binding = bindingOf(message);
    const { client, takeover, afterSequence } = request.data;
    const answer = (): void => {
      session.renewedAt = this.ports.clock.now();
      answerResult(message, success(request, bindAnswer(runner, afterSequence)));
    };
    if (runner.state.client?.binding === binding) return answer();
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
    if (!taken.ok) return answerResult(message, rejected(request, taken.error));
    void taken.value.then((error) => (error === null ? answer() : answerUnstored(message, request, error)));
  }

  renew(session: OwnedSession, message: BusMessage): void {
    const { memory, state } = session.runner;
    const bound = state.client !== null && state.client.binding === bindingOf(message);
    if (bound) session.renewedAt = this.ports.clock.now();
    answerResult(message, JSON.stringify({ bound, sequence: memory.head.wireSeq }));
  }

  unbind(session: OwnedSession, message: BusMessage, actor: Actor): void {
    this.#end(session, bindingOf(message), 'closed', actor);
    answerResult(message, JSON.stringify({ bound: false }));
  }

  /** Unbinds sessions whose edge has not renewed for `LAPSE_MS`. */
  sweep(sessions: Iterable<OwnedSession>): void {
    const now = this.ports.clock.now();
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
    if (!taken.ok) return answerResult(message, closed);
    void taken.value.then((error) => (error === null ? answerResult(message, closed) : undefined));
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
