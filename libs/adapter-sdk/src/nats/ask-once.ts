import { MAX_UNDER_WAY } from './limits.ts';
import { type LinkContext } from './link-context.ts';
import { type LinkSession } from './link-sessions.ts';
import { type OpenQuestion, refuse } from './open-question.ts';
import { type Answered, type UnderWay } from './under-way.ts';

/** Why nothing new is taken. */
export const STOPPING = 'the adapter is stopping';

/** A repeat of what is under way gets a place among those who wait. False: it is none. */
export const joins = (context: LinkContext, underWay: UnderWay, opened: OpenQuestion): boolean => {
  const { question, requestId, reply, probe } = opened;
  const present = underWay.find(requestId)?.header;
  if (present === undefined) return false;
  if (present.name !== question.header.name || present.target !== question.header.target) {
    refuse(context, opened, 'another question has this request id');
    return true;
  }
  context.metrics.count('requests_repeated');
  if (probe) reply('', 'pending');
  underWay.join(requestId, reply);
  return true;
};

/** Whether the owner that asks is still the owner; if not, it is told so. */
const isOwner = (context: LinkContext, session: LinkSession, opened: OpenQuestion): boolean => {
  const { epoch } = opened;
  if (epoch === null) refuse(context, opened, 'the epoch is missing');
  else if (epoch < session.epoch)
    refuse(context, opened, 'another owner has taken this session over', 'stale');
  else {
    session.epoch = epoch;
    return true;
  }
  return false;
};

/**
 * Asks about a session once (design K11): lower epochs are refused, repeats get the answer of the first, and a
 * probe starts nothing, not even the request that comes after it. Queries change nothing, so each is read afresh, probed or not.
 */
export const askOnce = (
  context: LinkContext,
  underWay: UnderWay,
  { session, opened }: { readonly session: LinkSession; readonly opened: OpenQuestion },
  settled: (answered: Answered) => void,
): void => {
  const { question, requestId, reply, probe, epoch } = opened;
  if (!isOwner(context, session, opened)) return;
  const kept = session.answers.find(requestId);
  if (typeof kept === 'string') {
    context.metrics.count('requests_repeated');
    return reply(kept, 'final');
  }
  if (joins(context, underWay, opened)) return;
  const isRequest = question.header.type === 'cti.request';
  if (kept === null || (probe && isRequest)) {
    session.answers.keep(requestId, null);
    return refuse(context, opened, 'this request was never seen', 'never-seen');
  }
  if (underWay.isClosed()) return refuse(context, opened, STOPPING);
  if (session.underWay >= MAX_UNDER_WAY)
    return refuse(context, opened, 'too many questions of this session are under way');
  session.underWay += 1;
  const { name, target } = question.header;
  context.record?.asked({ name, target, requestId, epoch, probe, incarnation: context.incarnation });
  underWay.ask(opened, (answered) => {
    session.underWay -= 1;
    if (isRequest) session.answers.keep(requestId, answered.text);
    settled(answered);
  });
};
