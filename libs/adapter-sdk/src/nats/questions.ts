import { type BusMessage } from '@cordboard/bus';
import { answerSuccess, controlTarget } from '@cordboard/cti-protocol';
import { formatTarget, isSessionId } from '@cordboard/kernel';
import { isHarmless } from '../link/harmless.ts';
import { askOnce, joins, STOPPING } from './ask-once.ts';
import { MAX_CONTROL_UNDER_WAY } from './limits.ts';
import { type LinkContext } from './link-context.ts';
import { type LinkSession, type LinkSessions } from './link-sessions.ts';
import { openQuestion, type OpenQuestion, refuse } from './open-question.ts';
import { type UnderWay } from './under-way.ts';

/** Takes what comes over the bus for a peer. */
export interface Questions {
  readonly control: (message: BusMessage) => void;
  readonly session: (message: BusMessage) => void;
}

const CREATE_SESSION = 'cti.request.createsession';
const ENDS_SESSION = 'session.request.dispose';

const createSession = (
  context: LinkContext,
  { sessions, underWay }: { readonly sessions: LinkSessions; readonly underWay: UnderWay },
  opened: OpenQuestion,
): void => {
  const { id } = opened.question.body;
  if (!isSessionId(id)) return refuse(context, opened, 'id is not a session id');
  if (opened.epoch === null) return refuse(context, opened, 'the epoch is missing');
  const session = sessions.enter(id);
  if (session === null) return refuse(context, opened, 'the adapter takes no more sessions');
  askOnce(context, underWay, { session, opened }, ({ succeeded }) => {
    if (succeeded) sessions.opened(session);
  });
};

/** A question about a session that is not open. */
const answerClosed = (context: LinkContext, session: LinkSession | undefined, opened: OpenQuestion): void => {
  const { question, requestId, reply } = opened;
  const kept = session?.answers.find(requestId);
  if (typeof kept === 'string') return reply(kept, 'final');
  if (isHarmless(question.header.name)) return reply(JSON.stringify(answerSuccess(question)), 'final');
  if (session?.state === 'closed') return refuse(context, opened, 'the session is closed');
  refuse(context, opened, 'unknown session', 'unknown-session');
};

export const createQuestions = (
  context: LinkContext,
  sessions: LinkSessions,
  underWay: UnderWay,
): Questions => {
  const { processor } = context;
  let controlUnderWay = 0;

  const askControl = (opened: OpenQuestion): void => {
    if (joins(context, underWay, opened)) return;
    if (underWay.isClosed()) return refuse(context, opened, STOPPING);
    if (controlUnderWay >= MAX_CONTROL_UNDER_WAY)
      return refuse(context, opened, 'too many questions are under way');
    controlUnderWay += 1;
    underWay.ask(opened, () => (controlUnderWay -= 1));
  };

  const askSession = (session: LinkSession, opened: OpenQuestion): void => {
    const { name } = opened.question.header;
    askOnce(context, underWay, { session, opened }, ({ succeeded }) => {
      if (succeeded && name === ENDS_SESSION) sessions.closed(session);
    });
  };

  return {
    control: (message) => {
      const opened = openQuestion(context, message);
      if (opened === null) return;
      const { name, target } = opened.question.header;
      if (target !== controlTarget(processor)) return refuse(context, opened, 'unknown target');
      if (name === CREATE_SESSION) createSession(context, { sessions, underWay }, opened);
      else askControl(opened);
    },
    session: (message) => {
      const opened = openQuestion(context, message);
      if (opened === null || message.address?.kind !== 'cti-request') return;
      if (opened.question.header.target !== formatTarget(message.address.target))
        return refuse(context, opened, 'target and subject differ');
      const session = sessions.find(message.address.target.session);
      if (session?.state === 'open') askSession(session, opened);
      else answerClosed(context, session, opened);
    },
  };
};
