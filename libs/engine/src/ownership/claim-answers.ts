import { parseRequest } from '@cordboard/agent-protocol';
import { answerResult, type Address, type BusMessage, parseSubject } from '@cordboard/bus';
import { actorOf } from '../session/dispatch.ts';
import { outcomeAfterEnd } from '../commands/known-command.ts';
import { type EnginePorts } from '../ports.ts';
import { answerOutcome, failure } from '../commands/responses.ts';

/** Where the message that found no owner was to go. */
export type SessionAddress = Extract<Address, { readonly kind: 'command' | 'cti-event' }>;

export const addressOf = (subject: string | undefined): SessionAddress | null => {
  const address = subject === undefined ? null : parseSubject(subject);
  return address?.kind === 'command' || address?.kind === 'cti-event' ? address : null;
};

const REASONS = {
  unknown: ['UNKNOWN_TARGET', 'There is no such session. Prepare a new one.'],
  closed: ['SESSION_CLOSED', 'The session has ended. Prepare a new one.'],
  unavailable: [
    'SERVICE_UNAVAILABLE',
    'The session cannot be served right now, and what became of the command is not known. Please send it again, with the same requestId, in a moment.',
  ],
} as const;

/** Answers the sender of a message whose session cannot be had. */
export const answerClaim = (
  message: BusMessage,
  address: SessionAddress,
  kind: keyof typeof REASONS,
): void => {
  const [code, text] = REASONS[kind];
  if (address.kind === 'cti-event') {
    // An event that could not be stored stays unanswered: the adapter keeps it and sends it again.
    if (kind !== 'unavailable') answerResult(message, JSON.stringify({ ok: false, code }));
    return;
  }
  if (address.command === 'renewBinding' || address.command === 'unbindSession') {
    if (kind !== 'unavailable') answerResult(message, JSON.stringify({ bound: false, code }));
    return;
  }
  if (address.command === 'closeSession') {
    if (kind !== 'unavailable') answerResult(message, JSON.stringify({ ok: true }));
    return;
  }
  const request = parseRequest(message.body);
  answerResult(message, request.ok ? failure(request.value, code, text) : JSON.stringify(request.error));
};

/** The session is over; a command that was carried out before is answered all the same, as it was then. */
export const answerAfterEnd = async (
  ports: Pick<EnginePorts, 'bus' | 'store' | 'vault' | 'log'>,
  message: BusMessage,
  address: SessionAddress,
): Promise<void> => {
  const { tenant, target } = address;
  const actor = actorOf(message);
  const request = parseRequest(message.body);
  if (address.kind !== 'command' || actor?.kind !== 'agent' || !request.ok) {
    return answerClaim(message, address, 'closed');
  }
  const of = { tenant, sessionId: target.session };
  try {
    const outcome = await outcomeAfterEnd(ports, of, request.value, actor);
    if (outcome === null) answerClaim(message, address, 'closed');
    else answerOutcome(ports.bus, { message, request: request.value }, outcome);
  } catch (error) {
    // Unanswered, it is asked for again.
    ports.log.error('an outcome could not be read', { error: String(error) });
  }
};
