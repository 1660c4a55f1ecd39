import { type BusMessage, HEADERS } from '@cordboard/bus';
import { err } from '@cordboard/kernel';
import { type AdapterContext } from './adapter-context.ts';
import { type Reply } from './answer-book.ts';
import { answerText, type Question, readQuestion } from './wire.ts';

/** A question read, its way back, and what its headers say. `epoch` is null when it carries none. */
export interface OpenQuestion {
  readonly question: Question;
  readonly reply: Reply;
  readonly epoch: number | null;
  readonly probe: boolean;
}

const EPOCH = /^[1-9][0-9]{0,8}$/;

/** Reads a message of the bridge. What cannot be read is counted, logged and dropped, or refused if it can be. */
export const openQuestion = (context: AdapterContext, message: BusMessage): OpenQuestion | null => {
  const { metrics, logger } = context;
  const reply: Reply = (body, headers) => message.reply?.(body, headers);
  const read = readQuestion(message.body);
  const why = read.ok ? read.value.problem : read.error;
  if (why !== null) {
    metrics.count('malformed');
    logger.warn('a malformed message of the bridge was refused', { subject: message.subject, why });
  }
  if (!read.ok) return null;
  if (read.value.problem !== null) {
    reply(answerText(read.value, err(read.value.problem)), { [HEADERS.answer]: 'final' });
    return null;
  }
  metrics.count('requests');
  const epoch = message.headers[HEADERS.epoch] ?? '';
  return {
    question: read.value,
    reply,
    epoch: EPOCH.test(epoch) ? Number(epoch) : null,
    probe: message.headers[HEADERS.probe] === 'true',
  };
};
