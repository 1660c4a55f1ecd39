import { type Clock } from '@cordboard/kernel';
import { ANSWER_FIRST_MS } from './limits.ts';

/**
 * Keeps what a request causes behind its answer: while any request of the session is being answered, reports
 * wait, 2 s at most, then they go out in the order they came.
 */
export interface AnswerFirst<Report> {
  readonly begin: () => void;
  readonly end: () => void;
  readonly pass: (report: Report) => void;
  readonly reset: () => void;
}

export const createAnswerFirst = <Report>(
  clock: Clock,
  limit: number,
  release: (report: Report) => void,
): AnswerFirst<Report> => {
  const waiting: Report[] = [];
  let underWay = 0;
  let cancel: (() => void) | null = null;

  const flush = (): void => {
    cancel?.();
    cancel = null;
    for (const report of waiting.splice(0)) release(report);
  };

  return {
    begin: () => void (underWay += 1),
    end: () => {
      underWay -= 1;
      if (underWay === 0) flush();
    },
    pass: (report) => {
      if (underWay === 0) return release(report);
      waiting.push(report);
      if (waiting.length >= limit) flush();
      else cancel ??= clock.after(ANSWER_FIRST_MS, flush);
    },
    reset: () => {
      cancel?.();
      cancel = null;
      waiting.length = 0;
    },
  };
};

/** Carries a question out while reports wait behind its answer. */
export const answerFirst = <Outcome>(
  session: { readonly answerFirst: Pick<AnswerFirst<never>, 'begin' | 'end'> },
  done: (outcome: Outcome) => void,
  start: (ended: (outcome: Outcome) => void) => void,
): void => {
  session.answerFirst.begin();
  start((outcome) => {
    done(outcome);
    // After the caller's own last step: an init query opens its object before what waited is let out.
    queueMicrotask(session.answerFirst.end);
  });
};
