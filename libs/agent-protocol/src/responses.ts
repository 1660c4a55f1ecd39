import { type JsonObject } from '@cordboard/kernel';
import { commandRow } from './catalogue/commands.ts';
import { type FailureResponse, type Response } from './envelope.ts';
import { FAILURE_ADVICE } from './failure-advice.ts';
import { type FailureCode } from './failure-code.ts';
import { type ParsedRequest } from './parsed-request.ts';

/** What an answer repeats of its request. */
export interface Asked {
  readonly command: string;
  readonly requestId?: string | undefined;
  readonly path?: string | undefined;
  readonly original: unknown;
}

const echo = ({
  command,
  requestId,
  path,
}: Asked): { command: string; requestId?: string; target?: string } => ({
  command,
  ...(requestId === undefined ? {} : { requestId }),
  ...(path === undefined ? {} : { target: path }),
});

const successData = (request: ParsedRequest): JsonObject | undefined => {
  if (request.kind === 'service') return undefined;
  switch (commandRow(request.canonical).success) {
    case 'none':
      return undefined;
    case 'echo':
      return request.data;
    case 'empty':
    case 'own':
      return {};
  }
};

/** A success (agent protocol A3): `data` as given, else what the catalogue says of the command. */
export const successResponse = (request: ParsedRequest, data?: JsonObject): Response => {
  const carried = data ?? successData(request);
  return { ...echo(request), result: 'success', ...(carried === undefined ? {} : { data: carried }) };
};

/** A failure (agent protocol A4); without a message of its own the code's general advice is given. */
export const failureResponse = (
  request: Asked,
  { code, message, context }: { code: FailureCode; message?: string; context?: string },
): FailureResponse => ({
  ...echo(request),
  result: 'failure',
  failure: { code, message: message ?? FAILURE_ADVICE[code], ...(context === undefined ? {} : { context }) },
  original: request.original,
});

/**
 * What has to be asked of the agent first (agent protocol A5, dial only): nothing was done. `uiExtension.id` names
 * the question, its other keys depend on it.
 */
export const needInfoResponse = (request: Asked, uiExtension: JsonObject): Response => ({
  ...echo(request),
  result: 'needinfo',
  uiExtension,
  original: request.original,
});

/** The question whether an existing session should give way (WebSocket profile, `prepareSession` only). */
export const confirmResponse = (request: Asked, message: string, data?: JsonObject): Response => ({
  ...echo(request),
  result: 'confirm',
  message,
  ...(data === undefined ? {} : { data }),
  original: request.original,
});
