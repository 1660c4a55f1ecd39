import { type ParsedRequest } from '@cordboard/agent-protocol';
import { answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { recoveryEvents } from '@cordboard/domain';
import { type Actor, type JsonObject } from '@cordboard/kernel';
import { toRecord } from '@cordboard/translation';
import { commandCause, workerCause } from './cause.ts';
import { type OwnedSession } from './owned-session.ts';
import { type EnginePorts } from './ports.ts';
import { answerUnstored, rejected, success } from './responses.ts';

/** What becomes of the one browser that a session has (design section 7). */
export interface BindingHandler {
  readonly bind: (session: OwnedSession, message: BusMessage, request: ParsedRequest, actor: Actor) => void;
  readonly renew: (session: OwnedSession, message: BusMessage) => void;
  readonly unbind: (session: OwnedSession, message: BusMessage, actor: Actor) => void;
  /** Unbinds sessions whose edge has not renewed for `LAPSE_MS`. */
  readonly sweep: (sessions: Iterable<OwnedSession>) => void;
  readonly close: (session: OwnedSession, message: BusMessage, actor: Actor) => void;
}

/** Edges renew every 5 s; after so long without renewal the browser counts as gone. */
export const LAPSE_MS = 15_000;
/** A browser that missed more than so many object events starts afresh from a snapshot. */
export const MAX_RESUMED_EVENTS = 10_000;

const snapshotOf = (session: OwnedSession): JsonObject => {
  const { state } = session.runner;
  const events = recoveryEvents(state).map((event) => {
    const { target, name, data } = toRecord(event, state);
    return { messageType: 'objectEvent', target, name, data };
  });
  return { sequence: session.runner.memory.head.wireSeq ?? 0, events };
};

/** Whether a browser that has everything up to `cursor` can go on from there. */
const resumable = (cursor: unknown, last: number): boolean =>
  typeof cursor === 'number' && cursor >= 0 && cursor <= last && last - cursor <= MAX_RESUMED_EVENTS;

const bindAnswer = (session: OwnedSession, cursor: unknown): JsonObject => {
  const { memory, state } = session.runner;
  const sequence = memory.head.wireSeq ?? 0;
  const started = state.phase === 'STARTED' || state.phase === 'LOGGING_OUT';
  return resumable(cursor, sequence)
    ? { mode: 'resumed', sequence, started }
    : { mode: 'reset', sequence, started, snapshot: snapshotOf(session) };
};

export const createBindingHandler = (ports: Pick<EnginePorts, 'clock' | 'ids'>): BindingHandler => {
  const { clock, ids } = ports;
  const arrival = (): { at: number; seed: string } => ({ at: clock.now(), seed: ids.next() });

  const bind: BindingHandler['bind'] = (session, message, request, actor) => {
    const { runner } = session;
    const binding = message.headers[HEADERS.binding] ?? '';
    const { client, takeover, afterSequence } = request.data;
    const answer = (): void => {
      session.renewedAt = clock.now();
      answerResult(message, success(request, bindAnswer(session, afterSequence)));
    };
    if (runner.state.client?.binding === binding) return answer();
    const taken = runner.submit({
      input: {
        kind: 'bind',
        client: typeof client === 'string' ? client : '',
        binding,
        takeover: takeover === true,
        ...arrival(),
      },
      cause: commandCause(actor, request.requestId, message.headers[HEADERS.trace]),
    });
    if (!taken.ok) return answerResult(message, rejected(request, taken.error));
    void taken.value.then((error) => (error === null ? answer() : answerUnstored(message, request, error)));
  };

  const renew: BindingHandler['renew'] = (session, message) => {
    const { memory, state } = session.runner;
    const bound = state.client !== null && state.client.binding === message.headers[HEADERS.binding];
    if (bound) session.renewedAt = clock.now();
    answerResult(message, JSON.stringify({ bound, sequence: memory.head.wireSeq }));
  };

  const end = (session: OwnedSession, binding: string, reason: 'closed' | 'lapsed', actor: Actor): void => {
    const { at, seed } = arrival();
    session.runner.submit({
      input: { kind: 'unbind', binding, reason, at, seed },
      cause: { actor, causation: `binding:${reason}`, correlation: seed },
    });
  };

  const unbind: BindingHandler['unbind'] = (session, message, actor) => {
    end(session, message.headers[HEADERS.binding] ?? '', 'closed', actor);
    answerResult(message, JSON.stringify({ bound: false }));
  };

  const sweep: BindingHandler['sweep'] = (sessions) => {
    const now = clock.now();
    for (const session of sessions) {
      const { client } = session.runner.state;
      if (client === null || now - session.renewedAt < LAPSE_MS) continue;
      end(session, client.binding, 'lapsed', { kind: 'timer', id: 'binding' });
    }
  };

  const close: BindingHandler['close'] = (session, message, actor) => {
    const { at, seed } = arrival();
    const taken = session.runner.submit({
      input: { kind: 'close', reason: 'overridden', at, seed },
      cause: workerCause(actor.id, 'override', seed),
    });
    if (!taken.ok) return answerResult(message, JSON.stringify({ ok: true }));
    void taken.value.then((error) => {
      if (error === null) answerResult(message, JSON.stringify({ ok: true }));
    });
  };

  return { bind, renew, unbind, sweep, close };
};
