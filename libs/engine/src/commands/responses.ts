import {
  failureResponse,
  type FailureCode,
  needInfoResponse,
  type ParsedRequest,
  successResponse,
} from '@cordboard/agent-protocol';
import { answerResult, type Bus, type BusMessage } from '@cordboard/bus';
import { type CommandOutcome, type OutboundSkill, type Rejection } from '@cordboard/domain';
import { type AppendError } from '@cordboard/event-store';
import { OVERLOADED } from './overload.ts';
import { type JsonObject } from '@cordboard/kernel';

/** The one table from the ways in which things fail to what the wire says. */
export const failure = (
  request: ParsedRequest,
  code: FailureCode,
  message: string,
  context?: string,
): string => JSON.stringify(failureResponse(request, { code, message, context }));

export const rejected = (request: ParsedRequest, { code, message }: Rejection, context?: string): string =>
  failure(request, code, message, context);

export const success = (request: ParsedRequest, data?: JsonObject): string =>
  JSON.stringify(successResponse(request, data));

/** The question which an outbound call asks first (agent protocol A5). */
const outboundSkill = (skills: readonly OutboundSkill[]): JsonObject => ({
  id: 'inContact.outboundskill',
  skills: skills.map(({ id, skillName }) => ({ id, skillName })),
});

/** The answer to a command that has ended. */
const commandResponse = (request: ParsedRequest, outcome: CommandOutcome, context?: string): string => {
  switch (outcome.result) {
    case 'success':
      return success(request, outcome.data);
    case 'needinfo':
      return JSON.stringify(needInfoResponse(request, outboundSkill(outcome.skills)));
    case 'failure':
      return failure(request, outcome.code, outcome.message, context);
  }
};

const HEADER_ROOM_BYTES = 1_024;
const TOO_LARGE =
  'The list is longer than can be sent at once. Whoever runs the phone system may shorten it.';

/** Whether the bus carries an answer; one that it does not carry would be asked for without end. */
export const isSendable = ({ maxPayloadBytes }: Pick<Bus, 'maxPayloadBytes'>, answer: string): boolean =>
  Buffer.byteLength(answer) + HEADER_ROOM_BYTES <= maxPayloadBytes;

/** Answers a command that has ended; the lists that some read may be longer than an answer can be. */
export const answerOutcome = (
  bus: Pick<Bus, 'maxPayloadBytes'>,
  { message, request }: { readonly message: BusMessage; readonly request: ParsedRequest },
  outcome: CommandOutcome,
  context?: string,
): void => {
  const answer = commandResponse(request, outcome, context);
  const bounded = outcome.result !== 'success' || outcome.data === undefined;
  const sendable = bounded || isSendable(bus, answer);
  answerResult(message, sendable ? answer : failure(request, 'SERVICE_UNAVAILABLE', TOO_LARGE, context));
};

/**
 * What the sender hears when its message could not be stored. Nothing at all where the outcome is unknown or
 * another worker owns the session: it repeats the message, and whoever owns the session then knows.
 */
export const answerUnstored = (message: BusMessage, request: ParsedRequest, error: AppendError): void => {
  if (error.kind === 'fenced' || error.kind === 'unknown') return;
  const why =
    error.kind === 'overloaded'
      ? OVERLOADED
      : 'The command could not be stored and was not carried out. Please try again in a moment.';
  answerResult(message, failure(request, 'SERVICE_UNAVAILABLE', why));
};
