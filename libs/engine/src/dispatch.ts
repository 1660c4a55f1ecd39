import { parseRequest } from '@cordboard/agent-protocol';
import { answerReceipt, answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { type Actor, isId } from '@cordboard/kernel';
import { type BindingHandler } from './binding-handler.ts';
import { type CommandHandler } from './command-handler.ts';
import { type OwnedSession } from './owned-session.ts';
import { failure } from './responses.ts';
import { type SwitchEventHandler } from './switch-event-handler.ts';

export type Dispatch = (session: OwnedSession, message: BusMessage) => void;

const ACTOR_KINDS = ['agent', 'supervisor', 'worker'] as const;

/** Reads the `actor` header: `<kind>:<id>`. */
export const actorOf = (message: BusMessage): Actor | null => {
  const [kind, id] = (message.headers[HEADERS.actor] ?? '').split(':', 2);
  const known = ACTOR_KINDS.find((one) => one === kind);
  return known !== undefined && isId(id) ? { kind: known, id } : null;
};

/** Sends a message of a session to the part that handles it, after checking again who sent it (design K6). */
export const createDispatch =
  (commands: CommandHandler, bindings: BindingHandler, onSwitchEvent: SwitchEventHandler): Dispatch =>
  (session, message) => {
    const { address } = message;
    if (address?.kind === 'cti-event') {
      answerReceipt(message);
      return onSwitchEvent(session, message, address.target);
    }
    const actor = actorOf(message);
    if (address?.kind !== 'command' || actor === null) return;
    answerReceipt(message);
    if (actor.kind === 'worker') {
      if (address.command === 'closeSession') bindings.close(session, message, actor);
      return;
    }
    const own = actor.kind === 'agent' && actor.id === session.runner.state.agent.id;
    if (address.command === 'renewBinding') {
      return own ? bindings.renew(session, message) : answerResult(message, JSON.stringify({ bound: false }));
    }
    if (address.command === 'unbindSession')
      return own ? bindings.unbind(session, message, actor) : undefined;
    const request = parseRequest(message.body);
    if (!request.ok) return answerResult(message, JSON.stringify(request.error));
    if (!own) {
      return answerResult(
        message,
        failure(request.value, 'FORBIDDEN', 'This session belongs to another agent.'),
      );
    }
    if (request.value.target?.session !== session.runner.sessionId) {
      return answerResult(
        message,
        failure(request.value, 'INVALID_TARGET', 'The target is of another session.'),
      );
    }
    if (address.command === 'bindSession') return bindings.bind(session, message, request.value, actor);
    commands.handle(session, message, request.value, actor);
  };
