import {
  answerNotMe,
  answerReceipt,
  answerResult,
  type BusMessage,
  deliver,
  type Headers,
  HEADERS,
  type Subject,
} from '@cordboard/bus';
import { type Dispatch } from '../session/dispatch.ts';
import { addressOf, answerAfterEnd, answerClaim, type SessionAddress } from './claim-answers.ts';
import { type Claim } from './claim-session.ts';
import { type Ownership } from './ownership.ts';
import { type EnginePorts } from '../ports.ts';
import { createRepetitions } from './repetitions.ts';

/** The sender asks again by itself after a second. */
const FORWARD_TIMEOUT_MS = 2_000;
/** An owner that lives says so in this time. */
const ALIVE_MS = 100;

const headersFor = (message: BusMessage): Headers => {
  const { [HEADERS.for]: _for, [HEADERS.silent]: _silent, ...headers } = message.headers;
  return headers;
};

/** Where it was to go; known to be one of ours when this is asked. */
const subjectOf = ({ headers }: BusMessage): Subject => headers[HEADERS.for] as Subject;

const addressedTo = (
  address: SessionAddress,
  { subject, body, headers, reply }: BusMessage,
): BusMessage & { readonly address: SessionAddress } => ({ subject, address, body, headers, reply });

type Ways = Pick<EnginePorts, 'bus' | 'clock'>;

/** An owner that is only slow, or who claimed just now, keeps it: taking it from them would only cost time. */
const isServed = async ({ bus }: Ways, message: BusMessage): Promise<boolean> => {
  const options = { headers: headersFor(message), timeoutMs: ALIVE_MS };
  return (await bus.request(subjectOf(message), message.body, options)).ok;
};

/** The loser of a double claim passes the winner's answer on. */
const forward = async ({ bus, clock }: Ways, message: BusMessage): Promise<void> => {
  const result = await deliver(bus, {
    subject: subjectOf(message),
    body: message.body,
    headers: headersFor(message),
    clock,
    timeoutMs: FORWARD_TIMEOUT_MS,
  });
  if (result.ok) answerResult(message, result.value.body);
};

/** What this worker knows of its log and of the others. */
export interface Standing {
  /** This worker can use its log. */
  readonly works: () => boolean;
  /** Another worker has just said that it can use its log. */
  readonly isAnyAtWork: () => boolean;
}

/** Takes the session over, unless somebody who lives has it. */
const claimFor = async (
  ways: Ways,
  ownership: Ownership,
  message: BusMessage,
  { tenant, target: { session: sessionId } }: SessionAddress,
): Promise<Claim> => {
  const mayLive = message.headers[HEADERS.silent] === 'true' || ownership.isTaken(sessionId);
  const isOthers = ownership.find(sessionId) === null && mayLive;
  if (isOthers && (await isServed(ways, message))) return { kind: 'elsewhere' };
  return ownership.claim({ tenant, sessionId });
};

/** Messages that found no owner. */
export interface ClaimHandler {
  /** Whether a claim that has just arrived is in good hands here: its sender may hear so before its turn. */
  readonly mayReceive: (message: BusMessage) => boolean;
  readonly handle: (message: BusMessage) => Promise<void>;
}

/** A message that found no owner: this worker becomes it, or sends the message on to who is (design K6). */
export const createClaimHandler = (
  ports: Pick<EnginePorts, 'bus' | 'store' | 'vault' | 'clock' | 'log' | 'metrics'>,
  ownership: Ownership,
  dispatch: Dispatch,
  standing: Standing,
): ClaimHandler => {
  const repetitions = createRepetitions();

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

  const settle = async (message: BusMessage, address: SessionAddress, claim: Claim): Promise<void> => {
    switch (claim.kind) {
      case 'owned':
        return dispatch(claim.session, addressedTo(address, message));
      case 'elsewhere':
        return forward(ports, message);
      case 'not-me':
        return passOn(message);
      case 'unavailable':
        return refuse(message, address);
      case 'closed':
        return answerAfterEnd(ports, message, address);
      case 'unknown':
        return answerClaim(message, address, claim.kind);
    }
  };

  const handle = async (message: BusMessage): Promise<void> => {
    const subject = message.headers[HEADERS.for];
    const address = addressOf(subject);
    const asked = message.address;
    const isClaim = asked?.kind === 'claim' || asked?.kind === 'claim-by-any';
    if (address === null || !isClaim) {
      return ports.log.warn('a claim without a known subject was dropped', { subject });
    }
    if (address.tenant !== asked.tenant) {
      return ports.log.warn('a claim for another tenant was dropped', { subject });
    }
    if (!standing.works()) return refuse(message, address);
    if (message.isReceived !== true) answerReceipt(message);
    if (repetitions.waits(message)) return;
    const { result, latest } = await repetitions.during(
      message,
      claimFor(ports, ownership, message, address),
    );
    await settle(latest, address, result);
  };

  return {
    handle,
    mayReceive: ({ headers }) => headers[HEADERS.for] !== undefined && standing.works(),
  };
};
