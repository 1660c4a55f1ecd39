import { parseRequest } from '@cordboard/agent-protocol';
import { answerResult, type Address, type BusMessage, parseSubject } from '@cordboard/bus';
import { failure } from './responses.ts';

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
    'The session cannot be served right now. Please try again in a moment.',
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
