import {
  err,
  inspectJson,
  isJsonObject,
  isRequestId,
  isStorableText,
  type JsonObject,
  type ObjectKind,
  ok,
  parseTarget,
  type Result,
  type Target,
} from '@cordboard/kernel';
import { commandRow, normaliseCommand } from './catalogue/commands.ts';
import { serviceCommand } from './catalogue/service-commands.ts';
import { hasData, readCommandData } from './data/command-data.ts';
import { type FailureResponse } from './envelope.ts';
import { type FailureCode } from './failure-code.ts';
import { MAX_JSON_DEPTH } from './limits.ts';
import { type ParsedRequest } from './parsed-request.ts';
import { failureResponse } from './responses.ts';
import { mayHoldSecrets, omitSecrets } from './secrets.ts';

interface Problem {
  readonly code: FailureCode;
  readonly message?: string;
}

/** What is known of a command before its target and data were looked at. */
type Known = Pick<ParsedRequest, 'kind' | 'canonical' | 'command'> & { readonly target: ObjectKind | null };

const MAX_ECHOED = 256;
const malformed = (message: string): Result<never, Problem> => err({ code: 'MALFORMED_REQUEST', message });

interface Frame {
  readonly text: string;
  readonly frame: JsonObject;
  /** Whether all its text and numbers can be stored. */
  readonly storable: boolean;
}

const readJson = (text: string): Result<Frame, Problem> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return malformed('The frame is not JSON. Send one JSON object per text frame.');
  }
  if (!isJsonObject(value))
    return malformed('The frame is not a JSON object. Send one JSON object per text frame.');
  const { depth, storable } = inspectJson(value);
  return depth > MAX_JSON_DEPTH
    ? malformed(`The request nests deeper than ${MAX_JSON_DEPTH} levels.`)
    : ok({ text, frame: value, storable });
};

const known = (received: string): Known | null => {
  const command = received.trim();
  const service = serviceCommand(command);
  if (service !== null) {
    const target = service.target === 'session' ? 'session' : null;
    return { kind: 'service', canonical: service.name, command, target };
  }
  const canonical = normaliseCommand(command);
  return canonical === null
    ? null
    : { kind: 'session', canonical, command, target: commandRow(canonical).kind };
};

const findCommand = ({ frame: { command }, storable }: Frame): Result<Known, Problem> => {
  if (!storable) {
    return err({
      code: 'INVALID_DATA',
      message: 'The request holds U+0000, half a surrogate pair or a number beyond 1.8e308. Leave them out.',
    });
  }
  if (typeof command !== 'string' || command.trim() === '')
    return malformed('command is missing or no text.');
  const found = known(command);
  return found === null ? err({ code: 'UNKNOWN_COMMAND' }) : ok(found);
};

const readTarget = (kind: ObjectKind | null, path: unknown): Result<Target | undefined, Problem> => {
  if (path === undefined || path === null || path === '') {
    return kind === null
      ? ok(undefined)
      : malformed(`target is missing. Give the dotted path of the ${kind}.`);
  }
  if (typeof path !== 'string') return malformed('target is no text. Give a dotted path of ids.');
  if (kind === null) return ok(undefined);
  const target = parseTarget(kind, path);
  return target.ok
    ? target
    : err({ code: 'INVALID_TARGET', message: `target is not the path of a ${kind}.` });
};

const readData = (
  canonical: string,
  data: unknown,
): Result<Pick<ParsedRequest, 'data' | 'values'>, Problem> => {
  if (data === undefined || data === null) return readData(canonical, {});
  if (!isJsonObject(data)) return err({ code: 'INVALID_DATA', message: 'data is no object.' });
  if (!hasData(canonical)) return ok({ data, values: {} });
  const read = readCommandData(canonical, data);
  return read.ok
    ? ok({ data, values: read.value })
    : err({ code: 'INVALID_DATA', message: `${read.error}.` });
};

const readRequestId = (received: unknown, newId: (() => string) | undefined): Result<string, Problem> => {
  if (isRequestId(received)) return ok(received);
  if ((received === undefined || received === null) && newId !== undefined) return ok(newId());
  return malformed('requestId must be 1 to 64 letters, digits, hyphens or underscores.');
};

const readFrame = (read: Frame, newId: (() => string) | undefined): Result<ParsedRequest, Problem> => {
  const { frame } = read;
  const found = findCommand(read);
  if (!found.ok) return found;
  const requestId = readRequestId(frame.requestId, newId);
  if (!requestId.ok) return requestId;
  const { kind, canonical, command } = found.value;
  const target = readTarget(found.value.target, frame.target);
  if (!target.ok) return target;
  const data = readData(canonical, frame.data);
  if (!data.ok) return data;
  const isOpen = !mayHoldSecrets(read.text);
  return ok({
    kind,
    canonical,
    command,
    requestId: requestId.value,
    ...(typeof frame.target === 'string' ? { path: frame.target } : {}),
    target: target.value,
    ...data.value,
    original: isOpen ? frame : omitSecrets(frame),
    ...(isOpen && requestId.value === frame.requestId ? { text: read.text } : {}),
  } as ParsedRequest);
};

/** As much of an unreadable request as its answer can repeat. */
const answerOf = (frame: JsonObject, problem: Problem): FailureResponse => {
  const { command, requestId, target } = frame;
  const repeated = (value: unknown): string | undefined =>
    typeof value === 'string' && isStorableText(value) ? value.slice(0, MAX_ECHOED) : undefined;
  const asked = {
    command: repeated(command)?.trim() ?? '',
    requestId: isRequestId(requestId) ? requestId : undefined,
    path: repeated(target),
    original: omitSecrets(frame),
  };
  return failureResponse(asked, problem);
};

/**
 * Reads a text frame as a request (agent protocol A2, A4, A7, E; WebSocket profile). Never raises, whatever the
 * text: what is wrong comes back as the failure to send, with `MALFORMED_REQUEST`, `UNKNOWN_COMMAND`,
 * `INVALID_TARGET` or `INVALID_DATA`.
 *
 * @param newId Makes the `requestId` that the client left out; without it a missing one is `MALFORMED_REQUEST`.
 */
export const parseRequest = (text: string, newId?: () => string): Result<ParsedRequest, FailureResponse> => {
  const read = readJson(text);
  if (!read.ok) return err(failureResponse({ command: '', original: null }, read.error));
  const request = readFrame(read.value, newId);
  return request.ok ? request : err(answerOf(read.value.frame, request.error));
};
