import { type JsonObject } from '@cordboard/kernel';
import { type CtiHeader, type CtiMessage } from './message.ts';

const answerHeader = ({ name, target, requestId }: CtiHeader, result: 'SUCCESS' | 'FAILURE'): CtiHeader => ({
  type: 'cti.response',
  name,
  target,
  requestId,
  result,
});

/** The answer that a query or request was carried out (bridge A.3). */
export const answerSuccess = ({ header }: CtiMessage, body: JsonObject = {}): CtiMessage => ({
  header: answerHeader(header, 'SUCCESS'),
  body,
});

/** The answer that it was refused; the agent may be shown the message (bridge A.3, A8-6). */
export const answerFailure = ({ header }: CtiMessage, errorMessage: string): CtiMessage => ({
  header: { ...answerHeader(header, 'FAILURE'), errorMessage },
  body: {},
});

/** Names that the sources misprint for the answer to a request (bridge F-01, F-02). */
const MISPRINTS: Readonly<Record<string, string>> = {
  'interaction.request.consulttransfer': 'interaction.request.reject',
  'conversation.request.removeparty': 'conversation.request.release',
};

/** Whether a message answers a question, tolerating the two misprinted names. */
export const answersTo = (question: CtiHeader, answer: CtiHeader): boolean =>
  answer.type === 'cti.response' &&
  answer.requestId === question.requestId &&
  answer.target === question.target &&
  (answer.name === question.name || answer.name === MISPRINTS[question.name]);
