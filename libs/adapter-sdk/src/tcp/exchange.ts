import {
  answerFailure,
  type CtiMessage,
  type FrameIn,
  parseCtiMessage,
  readHead,
} from '@cordboard/cti-protocol';
import { err, ok, type Result } from '@cordboard/kernel';
import { MAX_QUESTION_BYTES } from '../link/limits.ts';
import { type BridgePeer } from '../peer.ts';
import { type AdapterLogger, type AdapterMetrics } from '../ports.ts';
import { MAX_UNDER_WAY } from './limits.ts';

/** What is said over one connection, from its first byte to its last. */
export interface Exchange {
  readonly take: (frame: Exclude<FrameIn, { readonly kind: 'broken' }>) => void;
  /** An event of the peer: those of sessions go out if they are open over this connection. */
  readonly tell: (event: CtiMessage) => void;
  /** Refuses what is new. */
  readonly close: () => void;
  /** Nothing goes out any more. */
  readonly end: () => void;
  readonly sessions: () => number;
  readonly underWay: () => number;
}

interface Ports {
  readonly logger: AdapterLogger;
  readonly metrics: AdapterMetrics;
  readonly send: (message: CtiMessage) => void;
}

const isQuestion = ({ header }: Pick<CtiMessage, 'header'>): boolean =>
  header.type === 'cti.query' || header.type === 'cti.request';

/** The question in a frame; one that is too large as far as its header goes. */
const readQuestion = (
  frame: Parameters<Exchange['take']>[0],
): Result<{ readonly question: CtiMessage; readonly tooLarge: boolean }, string> => {
  if (frame.kind === 'oversized') {
    const header = readHead(frame.head);
    const why = `a message of ${frame.bytes} bytes was skipped; ${MAX_QUESTION_BYTES} is the limit`;
    return header === null ? err(why) : ok({ question: { header, body: {} }, tooLarge: true });
  }
  const read = parseCtiMessage(frame.text);
  return read.ok ? ok({ question: read.value.message, tooLarge: false }) : read;
};

export const createExchange = (peer: BridgePeer, { logger, metrics, send }: Ports): Exchange => {
  const sessions = new Set<string>();
  let underWay = 0;
  let refusal: string | null = null;
  let isOver = false;

  const note = ({ header, body }: CtiMessage): void => {
    if (header.name === 'cti.request.createsession' && typeof body.id === 'string') sessions.add(body.id);
    if (header.name === 'session.request.dispose') sessions.delete(header.target);
  };

  const answer = (question: CtiMessage, response: CtiMessage): void => {
    if (isOver) return metrics.count('answers_dropped');
    if (response.header.result === 'FAILURE') metrics.count('requests_failed');
    else note(question);
    send(response);
  };

  const ask = (question: CtiMessage): void => {
    let isAnswered = false;
    underWay += 1;
    peer.ask(question, (response) => {
      if (!isAnswered) underWay -= 1;
      isAnswered = true;
      answer(question, response);
    });
  };

  const malformed = (why: string): void => {
    metrics.count('malformed');
    logger.warn('a malformed message of Cordboard was dropped', { why });
  };

  return {
    take: (frame) => {
      const read = readQuestion(frame);
      if (!read.ok) return malformed(read.error);
      const { question, tooLarge } = read.value;
      if (!isQuestion(question)) return malformed('neither a query nor a request');
      metrics.count('requests');
      const refuse = (why: string): void => answer(question, answerFailure(question, why));
      if (tooLarge) return refuse(`the message is larger than ${MAX_QUESTION_BYTES} bytes`);
      if (refusal !== null) return refuse(refusal);
      if (underWay >= MAX_UNDER_WAY) return refuse('too many questions are under way');
      ask(question);
    },
    tell: (event) => {
      const [session = '', last] = event.header.target.split('.');
      if (last !== 'CONTROL' && !sessions.has(session)) return metrics.count('events_unknown');
      metrics.count('events_sent');
      send(event);
    },
    close: () => void (refusal = 'the adapter is stopping'),
    end: () => void (isOver = true),
    sessions: () => sessions.size,
    underWay: () => (isOver ? 0 : underWay),
  };
};
