import {
  answerFailure,
  answerSuccess,
  checkBody,
  type CtiMessage,
  parseCtiMessage,
} from '@cordboard/cti-protocol';
import { err, type JsonObject, ok, type Result, storableJson } from '@cordboard/kernel';

/** Larger than any question of the bridge has reason to be. */
const MAX_QUESTION_BYTES = 262_144;

/** A query or request of the bridge, and what is wrong with its body, if anything. */
export interface Question extends CtiMessage {
  readonly problem: string | null;
}

/** The id that the answer to a question carries. */
export const requestIdOf = ({ header }: CtiMessage): string => header.requestId ?? '';

/** Reads a question of the bridge; the error is a reason for the log, as there is nobody to answer. */
export const readQuestion = (text: string): Result<Question, string> => {
  const read = parseCtiMessage(text, { maxBytes: MAX_QUESTION_BYTES });
  if (!read.ok) return read;
  const { header, body } = read.value.message;
  if (header.type !== 'cti.query' && header.type !== 'cti.request')
    return err('neither a query nor a request');
  const checked = checkBody(read.value.message);
  return ok({ header, body, problem: checked.ok ? null : checked.error });
};

/** The text of an answer; a refusal carries its reason. */
export const answerText = (question: CtiMessage, outcome: Result<JsonObject, string>): string =>
  JSON.stringify(
    outcome.ok
      ? answerSuccess(question, storableJson(outcome.value))
      : answerFailure(question, outcome.error),
  );

export const eventMessage = (name: string, target: string, body: JsonObject): CtiMessage => ({
  header: { type: 'cti.event', name, target },
  body,
});

/** The text of a message. Characters that cannot be stored become U+FFFD, the call goes on. */
export const messageText = ({ header, body }: CtiMessage): string =>
  JSON.stringify({ header, body: storableJson(body) });
