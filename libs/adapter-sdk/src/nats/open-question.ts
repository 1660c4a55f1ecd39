import { type BusMessage, HEADERS } from '@cordboard/bus';
import { answerFailure, type CtiMessage, parseCtiMessage } from '@cordboard/cti-protocol';
import { MAX_QUESTION_BYTES } from '../link/limits.ts';
import { type LinkContext } from './link-context.ts';

/** How an answer goes back: its text, and what header `answer` says. */
export type Reply = (text: string, answer: AnswerKind) => void;
export type AnswerKind = 'final' | 'pending' | 'never-seen' | 'stale' | 'unknown-session';

/** A question read, its way back, and what its headers say. `epoch` is null when it carries none. */
export interface OpenQuestion {
  readonly question: CtiMessage;
  readonly requestId: string;
  readonly reply: Reply;
  readonly epoch: number | null;
  readonly probe: boolean;
}

const EPOCH = /^[1-9][0-9]{0,8}$/;

/** Reads a question of the bridge. What cannot be read is counted, logged and dropped: there is nobody to answer. */
export const openQuestion = (context: LinkContext, message: BusMessage): OpenQuestion | null => {
  const { metrics, logger } = context;
  const read = parseCtiMessage(message.body, { maxBytes: MAX_QUESTION_BYTES });
  const type = read.ok ? read.value.message.header.type : '';
  if (!read.ok || (type !== 'cti.query' && type !== 'cti.request')) {
    metrics.count('malformed');
    const why = read.ok ? 'neither a query nor a request' : read.error;
    logger.warn('a malformed question of the bridge was dropped', { subject: message.subject, why });
    return null;
  }
  metrics.count('requests');
  const question = read.value.message;
  const epoch = message.headers[HEADERS.epoch] ?? '';
  return {
    question,
    requestId: question.header.requestId ?? '',
    reply: (text, answer) => message.reply?.(text, { [HEADERS.answer]: answer }),
    epoch: EPOCH.test(epoch) ? Number(epoch) : null,
    probe: message.headers[HEADERS.probe] === 'true',
  };
};

/** Answers a question with a refusal of the link's own. */
export const refuse = (
  { metrics }: LinkContext,
  { question, reply }: OpenQuestion,
  why: string,
  answer: AnswerKind = 'final',
): void => {
  metrics.count(answer === 'stale' ? 'requests_stale' : 'requests_failed');
  reply(JSON.stringify(answerFailure(question, why)), answer);
};
