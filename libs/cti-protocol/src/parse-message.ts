import {
  err,
  inspectJson,
  isJsonObject,
  type JsonObject,
  ok,
  type Result,
  storableJson,
} from '@cordboard/kernel';
import { type CtiHeader, type CtiMessage, type CtiMessageType } from './message.ts';

/** Largest message in bytes of UTF-8 (bridge A.2). */
export const MAX_MESSAGE_BYTES = 16_777_216;
/** Deepest nesting of a message. */
export const MAX_MESSAGE_DEPTH = 32;

const TYPES: readonly string[] = [
  'cti.query',
  'cti.request',
  'cti.response',
  'cti.event',
] satisfies CtiMessageType[];
const NAME = /^[a-z.]{1,128}$/;
const TARGET = /^[A-Za-z0-9_.-]{1,512}$/;
const REQUEST_ID = /^\P{Cc}{1,128}$/u;
const MAX_ERROR_LENGTH = 1_024;

/** A message that can be read, and whether what cannot be stored was turned: characters into U+FFFD, Infinity into null. */
export interface ReadMessage {
  readonly message: CtiMessage;
  readonly repaired: boolean;
}

const isType = (value: unknown): value is CtiMessageType =>
  typeof value === 'string' && TYPES.includes(value);

const readAnswerHeader = (header: JsonObject): Result<Pick<CtiHeader, 'result' | 'errorMessage'>, string> => {
  const { result, errorMessage } = header;
  if (result === 'SUCCESS') return ok({ result });
  if (result !== 'FAILURE') return err('header.result is neither SUCCESS nor FAILURE');
  const said = typeof errorMessage === 'string' ? errorMessage : '';
  return ok({ result, errorMessage: said.slice(0, MAX_ERROR_LENGTH).toWellFormed() });
};

/** The header of a message; the error is a reason for the log. */
export const readHeader = (header: unknown): Result<CtiHeader, string> => {
  if (!isJsonObject(header)) return err('there is no header object');
  const { type, name, target, requestId } = header;
  if (!isType(type)) return err('header.type is unknown');
  if (typeof name !== 'string' || !NAME.test(name)) return err('header.name is missing or ill-formed');
  if (typeof target !== 'string' || !TARGET.test(target))
    return err('header.target is missing or ill-formed');
  if (type === 'cti.event') return ok({ type, name, target });
  if (typeof requestId !== 'string' || !REQUEST_ID.test(requestId)) {
    return err('header.requestId is missing or ill-formed');
  }
  if (type !== 'cti.response') return ok({ type, name, target, requestId });
  const answer = readAnswerHeader(header);
  return answer.ok ? ok({ type, name, target, requestId, ...answer.value }) : answer;
};

const readJson = (text: string, maxBytes: number): Result<JsonObject, string> => {
  if (Buffer.byteLength(text) > maxBytes) return err(`the message is larger than ${maxBytes} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('the message is not JSON');
  }
  if (!isJsonObject(value)) return err('the message is not a JSON object');
  return ok(value);
};

/**
 * Reads the text of a bridge message (A.3). Never raises, whatever the text; the error is a reason for the log.
 * Unknown header keys are dropped, an absent body is `{}`. The body is looked at by `checkBody`.
 */
export const parseCtiMessage = (
  text: string,
  { maxBytes = MAX_MESSAGE_BYTES }: { readonly maxBytes?: number } = {},
): Result<ReadMessage, string> => {
  const read = readJson(text, maxBytes);
  if (!read.ok) return read;
  const { depth, storable } = inspectJson(read.value);
  if (depth > MAX_MESSAGE_DEPTH) return err(`the message nests deeper than ${MAX_MESSAGE_DEPTH} levels`);
  const { header, body = {} } = storable ? read.value : storableJson(read.value);
  const readable = readHeader(header);
  if (!readable.ok) return readable;
  if (!isJsonObject(body)) return err('body is not an object');
  return ok({ message: { header: readable.value, body }, repaired: !storable });
};
