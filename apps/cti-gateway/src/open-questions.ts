import { answerFailure, type CtiHeader, type CtiMessage } from '@cordboard/cti-protocol';
import { type Clock } from '@cordboard/kernel';
import { ANSWER_LIMIT_MS, MAX_QUESTIONS } from './limits.ts';

type Answer = (response: CtiMessage) => void;
type Named = Pick<CtiHeader, 'requestId' | 'target'>;

interface Open {
  readonly question: CtiMessage;
  readonly answer: Answer;
  readonly cancel: () => void;
}

/** Questions that a client has not answered yet. They are found by their request id, not by their name (bridge A7-5). */
export interface OpenQuestions {
  /** False when too many are open; it was answered with a failure then. */
  readonly add: (question: CtiMessage, answer: Answer) => boolean;
  /** Hands an answer on; false when nothing waits for it. */
  readonly settle: (response: CtiMessage) => boolean;
  /** Answers for the client, which cannot; false when nothing waits for it. */
  readonly fail: (named: Named, why: string) => boolean;
  /** Nobody waits any more. */
  readonly end: () => void;
}

/** `onLate` hears of questions that had no answer in time; they are answered with a failure. */
export const createOpenQuestions = (clock: Clock, onLate: () => void): OpenQuestions => {
  const byId = new Map<string, Open[]>();
  let count = 0;

  /** Takes the question out; among several of one id the one about the same object. */
  const take = ({ requestId = '', target }: Named): Open | undefined => {
    const open = byId.get(requestId) ?? [];
    const found = open.find(({ question }) => question.header.target === target) ?? open[0];
    if (found === undefined) return undefined;
    found.cancel();
    count -= 1;
    const rest = open.filter((one) => one !== found);
    if (rest.length > 0) byId.set(requestId, rest);
    else byId.delete(requestId);
    return found;
  };

  const fail = (named: Named, why: string): boolean => {
    const found = take(named);
    found?.answer(answerFailure(found.question, why));
    return found !== undefined;
  };

  return {
    add: (question, answer) => {
      if (count >= MAX_QUESTIONS) {
        answer(answerFailure(question, 'too many questions to the adapter are open'));
        return false;
      }
      const { header } = question;
      const { requestId = '' } = header;
      const cancel = clock.after(ANSWER_LIMIT_MS, () => {
        onLate();
        fail(header, `the adapter did not answer within ${ANSWER_LIMIT_MS / 1_000} s`);
      });
      byId.set(requestId, [...(byId.get(requestId) ?? []), { question, answer, cancel }]);
      count += 1;
      return true;
    },
    settle: (response) => {
      const found = take(response.header);
      found?.answer(response);
      return found !== undefined;
    },
    fail,
    end: () => {
      for (const open of byId.values()) for (const { cancel } of open) cancel();
      byId.clear();
      count = 0;
    },
  };
};
