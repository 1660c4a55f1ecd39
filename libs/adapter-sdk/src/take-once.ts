import { err, type JsonObject, type Result } from '@cordboard/kernel';
import { type AdapterContext } from './adapter-context.ts';
import { type AdapterSession } from './adapter-session.ts';
import { type OpenQuestion } from './open-question.ts';
import { answerText, requestIdOf } from './wire.ts';

type Done = (outcome: Result<JsonObject, string>) => void;

const run = (
  context: AdapterContext,
  session: AdapterSession,
  start: (done: Done) => void,
  finish: (outcome: Result<JsonObject, string>) => void,
): void => {
  session.answerFirst.begin();
  start((outcome) => {
    if (!outcome.ok) context.metrics.count('requests_failed');
    finish(outcome);
    // After the caller's own last step: an init query opens its object before what waited is let out.
    queueMicrotask(session.answerFirst.end);
  });
};

/** A repeat of a request: the kept answer, or a place among those who wait for it. */
const repeat = (session: AdapterSession, { question, reply, probe }: OpenQuestion): boolean => {
  const requestId = requestIdOf(question);
  const known = session.answers.look(requestId);
  if (known.is === 'new') return false;
  if (known.is === 'final') reply(known.answer, { answer: 'final' });
  else {
    if (probe) reply('', { answer: 'pending' });
    session.answers.join(requestId, reply);
  }
  return true;
};

/**
 * Carries a question out once (design K11): lower epochs are refused, repeats get the answer of the first, and a
 * probe never starts anything. Queries change nothing, so each is read afresh, probed or not.
 */
export const takeOnce = (
  context: AdapterContext,
  session: AdapterSession,
  opened: OpenQuestion,
  start: (done: Done) => void,
): void => {
  const { question, reply, epoch, probe } = opened;
  const { header } = question;
  const refuse = (why: string, answer: string): void => {
    context.metrics.count(answer === 'stale' ? 'requests_stale' : 'requests_failed');
    reply(answerText(question, err(why)), { answer });
  };
  if (epoch === null) return refuse('the epoch is missing', 'final');
  if (epoch < session.epoch) return refuse('another owner has taken this session over', 'stale');
  session.epoch = epoch;
  if (header.type === 'cti.query') {
    return run(context, session, start, (outcome) =>
      reply(answerText(question, outcome), { answer: 'final' }),
    );
  }
  if (repeat(session, opened)) return context.metrics.count('requests_repeated');
  if (probe) return refuse('this request was never seen', 'never-seen');
  if (!session.answers.begin(requestIdOf(question), reply)) {
    return refuse('too many requests of this session are under way', 'final');
  }
  run(context, session, start, (outcome) =>
    session.answers.settle(requestIdOf(question), answerText(question, outcome)),
  );
};
