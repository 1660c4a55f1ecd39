import { type BusMessage } from '@cordboard/bus';
import { answerSuccess, controlTarget } from '@cordboard/cti-protocol';
import { formatTarget, isSessionId } from '@cordboard/kernel';
import { isHarmless } from '../link/harmless.ts';
import { MAX_CONTROL_UNDER_WAY, MAX_UNDER_WAY } from './limits.ts';
import { type LinkContext } from './link-context.ts';
import { type LinkSession, type LinkSessions } from './link-sessions.ts';
import { openQuestion, type OpenQuestion, refuse } from './open-question.ts';
import { type Answered, type UnderWay } from './under-way.ts';

/** Takes what comes over the bus for a peer. */
export interface Questions {
  readonly control: (message: BusMessage) => void;
  readonly session: (message: BusMessage) => void;
  /** From now on nothing new is taken. */
  readonly close: () => void;
}

type Settled = (answered: Answered) => void;

const CREATE_SESSION = 'cti.request.createsession';
const ENDS_SESSION = 'session.request.dispose';

export const createQuestions = (
  context: LinkContext,
  sessions: LinkSessions,
  underWay: UnderWay,
): Questions => {
  const { metrics, processor } = context;
  let controlUnderWay = 0;
  let isClosing = false;

  /** A repeat of what is under way: a place among those who wait. False: it is none. */
  const joins = (opened: OpenQuestion): boolean => {
    const { question, requestId, reply, probe } = opened;
    const present = underWay.find(requestId)?.header;
    if (present === undefined) return false;
    if (present.name !== question.header.name || present.target !== question.header.target) {
      refuse(context, opened, 'another question has this request id');
      return true;
    }
    metrics.count('requests_repeated');
    if (probe) reply('', 'pending');
    underWay.join(requestId, reply);
    return true;
  };

  const askControl = (opened: OpenQuestion): void => {
    if (joins(opened)) return;
    if (isClosing) return refuse(context, opened, 'the adapter is stopping');
    if (controlUnderWay >= MAX_CONTROL_UNDER_WAY)
      return refuse(context, opened, 'too many questions are under way');
    controlUnderWay += 1;
    underWay.ask(opened, () => (controlUnderWay -= 1));
  };

  /**
   * Asks about a session once (design K11): lower epochs are refused, repeats get the answer of the first, and a
   * probe never starts anything. Queries change nothing, so each is read afresh, probed or not.
   */
  const askOnce = (session: LinkSession, opened: OpenQuestion, settled: Settled): void => {
    const { question, requestId, reply, epoch, probe } = opened;
    if (epoch === null) return refuse(context, opened, 'the epoch is missing');
    if (epoch < session.epoch)
      return refuse(context, opened, 'another owner has taken this session over', 'stale');
    session.epoch = epoch;
    const kept = session.answers.find(requestId);
    if (kept !== undefined) {
      metrics.count('requests_repeated');
      return reply(kept, 'final');
    }
    if (joins(opened)) return;
    const isRequest = question.header.type === 'cti.request';
    if (probe && isRequest) return refuse(context, opened, 'this request was never seen', 'never-seen');
    if (isClosing) return refuse(context, opened, 'the adapter is stopping');
    if (session.underWay >= MAX_UNDER_WAY)
      return refuse(context, opened, 'too many questions of this session are under way');
    session.underWay += 1;
    underWay.ask(opened, (answered) => {
      session.underWay -= 1;
      if (isRequest) session.answers.keep(requestId, answered.text);
      settled(answered);
    });
  };

  const createSession = (opened: OpenQuestion): void => {
    const { id } = opened.question.body;
    if (!isSessionId(id)) return refuse(context, opened, 'id is not a session id');
    if (opened.epoch === null) return refuse(context, opened, 'the epoch is missing');
    if (opened.probe && sessions.find(id) === undefined)
      return refuse(context, opened, 'this request was never seen', 'never-seen');
    const session = sessions.enter(id);
    if (session === null) return refuse(context, opened, 'the adapter takes no more sessions');
    askOnce(session, opened, ({ succeeded }) => {
      if (succeeded) sessions.opened(session);
    });
  };

  const answerHarmless = ({ question, reply }: OpenQuestion): void =>
    reply(JSON.stringify(answerSuccess(question)), 'final');

  const askSession = (session: LinkSession, opened: OpenQuestion): void => {
    const { name } = opened.question.header;
    askOnce(session, opened, ({ succeeded }) => {
      if (succeeded && name === ENDS_SESSION) sessions.closed(session);
    });
  };

  return {
    control: (message) => {
      const opened = openQuestion(context, message);
      if (opened === null) return;
      const { name, target } = opened.question.header;
      if (target !== controlTarget(processor)) return refuse(context, opened, 'unknown target');
      if (name === CREATE_SESSION) createSession(opened);
      else askControl(opened);
    },
    session: (message) => {
      const opened = openQuestion(context, message);
      if (opened === null || message.address?.kind !== 'cti-request') return;
      const { name, target } = opened.question.header;
      if (target !== formatTarget(message.address.target))
        return refuse(context, opened, 'target and subject differ');
      const session = sessions.find(message.address.target.session);
      if (session?.state === 'open') return askSession(session, opened);
      if (isHarmless(name)) return answerHarmless(opened);
      if (session?.state !== 'closed') return refuse(context, opened, 'unknown session', 'unknown-session');
      const kept = session.answers.find(opened.requestId);
      if (kept === undefined) refuse(context, opened, 'the session is closed');
      else opened.reply(kept, 'final');
    },
    close: () => void (isClosing = true),
  };
};
