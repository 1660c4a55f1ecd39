import { answerFailure, answersTo, type CtiMessage } from '@cordboard/cti-protocol';
import { ANSWER_LIMIT_MS } from '../link/limits.ts';
import { type BridgePeer } from '../peer.ts';
import { HEADER_BYTES, MAX_WAITING_REPLIES } from './limits.ts';
import { type LinkContext } from './link-context.ts';
import { type OpenQuestion, type Reply } from './open-question.ts';

/** What became of a question. */
export interface Answered {
  readonly succeeded: boolean;
  readonly text: string;
}

/** The questions that the peer has to answer. Each gets one answer, whatever the peer does. */
export interface UnderWay {
  /** The question that has this id. */
  readonly find: (requestId: string) => CtiMessage | undefined;
  /** Asks the peer. `settled` is called once, just before the answer goes to all who wait for it. */
  readonly ask: (opened: OpenQuestion, settled: (answered: Answered) => void) => void;
  /** A repeat: it gets the answer too. */
  readonly join: (requestId: string, reply: Reply) => void;
  /** From now on nothing new should be asked. */
  readonly close: () => void;
  readonly isClosed: () => boolean;
  /** Nobody will answer any more. */
  readonly giveUp: (why: string) => void;
  readonly count: () => number;
}

interface Waiting {
  readonly question: CtiMessage;
  readonly replies: Reply[];
  readonly end: () => void;
}

const TOO_LARGE = 'the answer of the adapter is larger than the bus takes';
const LATE = 'the adapter did not answer in time';

/** The answer as text; a refusal in its place when the bus would not take it. */
const fit = (
  { source, metrics, logger }: LinkContext,
  question: CtiMessage,
  response: CtiMessage,
): Answered => {
  const text = JSON.stringify(response);
  const most = (source.current()?.maxPayloadBytes ?? Infinity) - HEADER_BYTES;
  if (Buffer.byteLength(text) <= most) return { succeeded: response.header.result === 'SUCCESS', text };
  metrics.count('answers_too_large');
  logger.error('an answer is larger than the bus takes', { name: question.header.name });
  return { succeeded: false, text: JSON.stringify(answerFailure(question, TOO_LARGE)) };
};

export const createUnderWay = (context: LinkContext, peer: BridgePeer): UnderWay => {
  const { clock, metrics, logger } = context;
  const waiting = new Map<string, Waiting>();
  let isClosed = false;

  const unwanted = (question: CtiMessage, response: CtiMessage): void => {
    metrics.count('answers_dropped');
    logger.warn('an answer that answers nothing was dropped', {
      question: question.header.name,
      answer: response.header.name,
    });
  };

  const ask: UnderWay['ask'] = (opened, settled) => {
    const { question, requestId, reply } = opened;
    const replies = [reply];
    const settle = (response: CtiMessage): void => {
      end();
      const answered = fit(context, question, response);
      if (!answered.succeeded) metrics.count('requests_failed');
      settled(answered);
      for (const answer of replies) answer(answered.text, 'final');
    };
    const cancel = clock.after(ANSWER_LIMIT_MS, () => {
      metrics.count('requests_timed_out');
      settle(answerFailure(question, LATE));
    });
    const end = (): void => {
      cancel();
      waiting.delete(requestId);
    };
    const mine: Waiting = { question, replies, end };
    waiting.set(requestId, mine);
    peer.ask(question, (response) => {
      if (waiting.get(requestId) === mine && answersTo(question.header, response.header)) settle(response);
      else unwanted(question, response);
    });
  };

  return {
    find: (requestId) => waiting.get(requestId)?.question,
    ask,
    join: (requestId, reply) => {
      const replies = waiting.get(requestId)?.replies;
      replies?.push(reply);
      if (replies !== undefined && replies.length > MAX_WAITING_REPLIES) replies.shift();
    },
    close: () => void (isClosed = true),
    isClosed: () => isClosed,
    giveUp: (why) => {
      for (const { question, replies, end } of [...waiting.values()]) {
        end();
        const text = JSON.stringify(answerFailure(question, why));
        for (const answer of replies) answer(text, 'unknown-session');
      }
    },
    count: () => waiting.size,
  };
};
