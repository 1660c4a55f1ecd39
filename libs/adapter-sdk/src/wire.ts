import { type CtiHeader, type CtiMessage } from '@cordboard/cti-protocol';
import {
  err,
  inspectJson,
  isJsonObject,
  isRequestId,
  type JsonObject,
  ok,
  type Result,
  storableJson,
} from '@cordboard/kernel';

const MAX_CHARACTERS = 262_144;
const MAX_DEPTH = 16;

/** A question of the bridge: a query or a request, with the id that its answer carries. */
export type Question = CtiMessage & { readonly header: CtiHeader & { readonly requestId: string } };

/** Why a message is not a question; with a header when it can be answered at all. */
export interface Malformed {
  readonly why: string;
  readonly header?: (CtiHeader & { readonly requestId: string }) | undefined;
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const malformed = (why: string, header?: Malformed['header']): Result<never, Malformed> =>
  err({ why, header });

const readHeader = (header: JsonObject): Malformed['header'] => {
  const { type, name, target, requestId } = header;
  if (type !== 'cti.query' && type !== 'cti.request') return undefined;
  if (typeof name !== 'string' || name.length > 128) return undefined;
  if (typeof target !== 'string' || target.length > 512 || !isRequestId(requestId)) return undefined;
  return { type, name, target, requestId };
};

/** Reads a question of the bridge; total, bounded in size and depth. */
export const readQuestion = (text: string): Result<Question, Malformed> => {
  if (text.length > MAX_CHARACTERS) return malformed('larger than 256 KiB');
  const value = readJson(text);
  if (!isJsonObject(value) || !isJsonObject(value.header)) return malformed('no JSON object with a header');
  const header = readHeader(value.header);
  if (header === undefined) return malformed('the header is not that of a query or request');
  const { body } = value;
  if (!isJsonObject(body)) return malformed('the body is not an object', header);
  if (inspectJson(body).depth > MAX_DEPTH) return malformed('the body nests too deep', header);
  return ok({ header, body });
};

/** The text of an answer; a refusal carries its reason. */
export const answerText = (question: CtiHeader, outcome: Result<JsonObject, string>): string => {
  const { name, target, requestId } = question;
  const header = { type: 'cti.response', name, target, requestId };
  return JSON.stringify(
    outcome.ok
      ? { header: { ...header, result: 'SUCCESS' }, body: storableJson(outcome.value) }
      : { header: { ...header, result: 'FAILURE', errorMessage: outcome.error }, body: {} },
  );
};

/** The text of an event. Characters that cannot be stored become U+FFFD, the call goes on. */
export const eventText = (name: string, target: string, body: JsonObject): string =>
  JSON.stringify({ header: { type: 'cti.event', name, target }, body: storableJson(body) });
