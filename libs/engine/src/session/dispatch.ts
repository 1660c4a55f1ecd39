import { parseRequest } from '@cordboard/agent-protocol';
import { answerReceipt, answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { type Actor, isId } from '@cordboard/kernel';
import { type BindingHandler } from '../commands/binding-handler.ts';
import { type CommandHandler } from '../commands/command-handler.ts';
import { type OwnedSession } from './owned-session.ts';
import { type EnginePorts } from '../ports.ts';
import { failure } from '../commands/responses.ts';
import { type SwitchEventHandler } from '../switch/switch-event-handler.ts';

export type Dispatch = (session: OwnedSession, message: BusMessage) => void;

interface Handlers {
  readonly commands: CommandHandler;
  readonly bindings: BindingHandler;
  readonly onSwitchEvent: SwitchEventHandler;
}

const ACTOR_KINDS = ['agent', 'supervisor', 'worker'] as const;
const BROKEN = 'The service could not handle the command; it was not carried out.';

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : '');

/** Reads the `actor` header: `<kind>:<id>`. */
export const actorOf = (message: BusMessage): Actor | null => {
  const [kind, id] = (message.headers[HEADERS.actor] ?? '').split(':', 2);
  const known = ACTOR_KINDS.find((one) => one === kind);
  return known !== undefined && isId(id) ? { kind: known, id } : null;
};

/** Whoever claims a session for a message has said so at once. */
const sayReceived = (message: BusMessage): void => {
  if (message.headers[HEADERS.for] === undefined) answerReceipt(message);
};

/** Sends a message of a session to the part that handles it, after checking again who sent it (design K6). */
export const createDispatch = (
  { log, metrics }: Pick<EnginePorts, 'log' | 'metrics'>,
  { commands, bindings, onSwitchEvent }: Handlers,
): Dispatch => {
  const drop = ({ subject }: BusMessage, reason: string): void => {
    metrics.count('messages_dropped');
    log.warn('a message was dropped', { subject, reason });
  };

  const onAgent = (session: OwnedSession, message: BusMessage, command: string, actor: Actor): void => {
    const { runner } = session;
    const own = actor.kind === 'agent' && actor.id === runner.state.agent.id;
    if (command === 'renewBinding') {
      return own ? bindings.renew(session, message) : answerResult(message, JSON.stringify({ bound: false }));
    }
    if (command === 'unbindSession') {
      return own ? bindings.unbind(session, message, actor) : drop(message, 'another agent unbinds');
    }
    const request = parseRequest(message.body);
    if (!request.ok) return answerResult(message, JSON.stringify(request.error));
    const refuse = (code: 'FORBIDDEN' | 'INVALID_TARGET', why: string): void =>
      answerResult(message, failure(request.value, code, why, session.standing));
    if (!own) return refuse('FORBIDDEN', 'This session belongs to another agent.');
    if (request.value.target?.session !== runner.sessionId) {
      return refuse('INVALID_TARGET', 'The target is of another session.');
    }
    if (command === 'bindSession') return bindings.bind(session, message, request.value, actor);
    commands.handle(session, message, request.value, actor);
  };

  const handle: Dispatch = (session, message) => {
    const { address } = message;
    if (address?.kind === 'cti-event') {
      sayReceived(message);
      return onSwitchEvent(session, message, address.target);
    }
    const actor = actorOf(message);
    if (address?.kind !== 'command' || actor === null) return drop(message, 'no known sender');
    sayReceived(message);
    if (actor.kind !== 'worker') return onAgent(session, message, address.command, actor);
    if (address.command === 'closeSession') return bindings.close(session, message, actor);
    drop(message, 'not a command of workers');
  };

  /** What raises is a mistake of ours: its sender must not ask for ever, and what is behind it goes on. */
  const giveUp = ({ standing }: OwnedSession, message: BusMessage, error: unknown): void => {
    if (message.address?.kind === 'cti-event') {
      return answerResult(message, JSON.stringify({ ok: false, code: 'MALFORMED' }));
    }
    const request = parseRequest(message.body);
    if (!request.ok) return;
    const context = standing === undefined ? undefined : `${standing}\n${stackOf(error)}`;
    answerResult(message, failure(request.value, 'SERVICE_UNAVAILABLE', BROKEN, context));
  };

  return (session, message) => {
    try {
      handle(session, message);
    } catch (error) {
      drop(message, String(error));
      giveUp(session, message, error);
    }
  };
};
