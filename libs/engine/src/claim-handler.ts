import { parseRequest } from '@cordboard/agent-protocol';
import {
  answerNotMe,
  answerReceipt,
  answerResult,
  type Address,
  type BusMessage,
  deliver,
  type Headers,
  HEADERS,
  parseSubject,
  type Subject,
} from '@cordboard/bus';
import { type Dispatch } from './dispatch.ts';
import { type Claim } from './claim-session.ts';
import { type Ownership } from './ownership.ts';
import { type EnginePorts } from './ports.ts';
import { failure } from './responses.ts';

/** The sender asks again by itself after a second. */
const FORWARD_TIMEOUT_MS = 2_000;
/** An owner that lives says so in this time. */
const ALIVE_MS = 100;

type SessionAddress = Extract<Address, { readonly kind: 'command' | 'cti-event' }>;

const addressOf = (subject: string | undefined): SessionAddress | null => {
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
const answerClaim = (message: BusMessage, address: SessionAddress, kind: keyof typeof REASONS): void => {
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

const headersFor = (message: BusMessage): Headers => {
  const { [HEADERS.for]: _, ...headers } = message.headers;
  return headers;
};

/** What this worker knows of its log and of the others. */
export interface Standing {
  /** This worker can use its log. */
  readonly works: () => boolean;
  /** Another worker has just said that it can use its log. */
  readonly isAnyAtWork: () => boolean;
}

/** A message that found no owner: this worker becomes it, or sends the message on to who is (design K6). */
export const createClaimHandler = (
  ports: Pick<EnginePorts, 'bus' | 'clock' | 'log' | 'metrics'>,
  ownership: Ownership,
  dispatch: Dispatch,
  standing: Standing,
): ((message: BusMessage) => Promise<void>) => {
  /** Another worker is to be asked; where all of them were, it speaks for itself. */
  const passOn = (message: BusMessage): void => {
    if (message.address?.kind === 'claim') answerNotMe(message);
  };

  /** Who can use the log is asked; when nobody can, the sender hears so at once (design K7). */
  const refuse = (message: BusMessage, address: SessionAddress): void => {
    ports.metrics.count('claims_refused');
    if (standing.isAnyAtWork()) passOn(message);
    else answerClaim(message, address, 'unavailable');
  };

  /** Others who missed the owner may have claimed just now: taking it from them would only cost time. */
  const isServed = async (message: BusMessage, subject: string): Promise<boolean> => {
    const options = { headers: headersFor(message), timeoutMs: ALIVE_MS };
    return (await ports.bus.request(subject as Subject, message.body, options)).ok;
  };

  /** The loser of a double claim passes the winner's answer on. */
  const forward = async (message: BusMessage, subject: string): Promise<void> => {
    const result = await deliver(ports.bus, {
      subject: subject as Subject,
      body: message.body,
      headers: headersFor(message),
      clock: ports.clock,
      timeoutMs: FORWARD_TIMEOUT_MS,
    });
    if (result.ok) answerResult(message, result.value.body);
  };

  const settle = (
    message: BusMessage,
    address: SessionAddress,
    claim: Claim,
    subject: string,
  ): Promise<void> => {
    switch (claim.kind) {
      case 'owned':
        dispatch(claim.session, { ...message, address });
        return Promise.resolve();
      case 'elsewhere':
        return forward(message, subject);
      case 'not-me':
        passOn(message);
        return Promise.resolve();
      case 'unavailable':
        refuse(message, address);
        return Promise.resolve();
      case 'unknown':
      case 'closed':
        answerClaim(message, address, claim.kind);
        return Promise.resolve();
    }
  };

  return async (message) => {
    const subject = message.headers[HEADERS.for];
    const address = addressOf(subject);
    const asked = message.address;
    const isClaim = asked?.kind === 'claim' || asked?.kind === 'claim-by-any';
    if (address === null || subject === undefined || !isClaim) {
      return ports.log.warn('a claim without a known subject was dropped', { subject });
    }
    if (address.tenant !== asked.tenant) {
      return ports.log.warn('a claim for another tenant was dropped', { subject });
    }
    if (!standing.works()) return refuse(message, address);
    answerReceipt(message);
    const { tenant, target } = address;
    const mine = ownership.find(target.session) !== null;
    if (!mine && (await isServed(message, subject))) return forward(message, subject);
    const claim = await ownership.claim({ tenant, sessionId: target.session });
    await settle(message, address, claim, subject);
  };
};
