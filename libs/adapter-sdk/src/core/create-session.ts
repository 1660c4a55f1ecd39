import { type CtiMessage } from '@cordboard/cti-protocol';
import { err, isId, isJsonObject, isSessionId, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { answerFirst } from './answer-first.ts';
import { carryOut, type Done, type Outcome } from './carry-out.ts';
import { type CoreContext } from './core-context.ts';
import { type CoreSession, restartSession } from './core-session.ts';
import { fitAnswer } from './fit-answer.ts';
import { thenBody } from './readings.ts';

interface Wanted {
  readonly id: string;
  readonly agent: { readonly id: string; readonly extension?: string | undefined };
}

const readWanted = ({ id, agent }: JsonObject): Result<Wanted, string> => {
  if (!isSessionId(id)) return err('id is not a session id');
  if (!isJsonObject(agent) || !isId(agent.id)) return err('agent.id is missing');
  const { extension } = agent;
  if (extension === undefined || extension === '') return ok({ id, agent: { id: agent.id } });
  if (typeof extension !== 'string') return err('agent.extension is not a text');
  return ok({ id, agent: { id: agent.id, extension } });
};

/** The session known by this id, or a new one; a refusal when it cannot be this agent's. */
const sessionFor = ({ sessions }: CoreContext, { id, agent }: Wanted): Result<CoreSession, string> => {
  const present = sessions.find(id);
  if (present !== undefined) {
    return present.agent === agent.id ? ok(present) : err('the session belongs to another agent');
  }
  const entered = sessions.enter({ id, agent: agent.id });
  return entered === null ? err('the adapter takes no more sessions') : ok(entered);
};

const settle = (context: CoreContext, session: CoreSession, succeeded: boolean): void => {
  if (succeeded) {
    restartSession(session);
    context.sessions.opened(session);
  } else if (!session.isOpen) context.sessions.close(session);
};

/**
 * `cti.request.createsession` (bridge CTL-R03): logs the agent in or attaches to the login. The same session
 * again is read anew; another session of the same agent takes its place.
 */
export const createSession = (context: CoreContext, question: CtiMessage, done: Done): void => {
  const wanted = readWanted(question.body);
  if (!wanted.ok) return done(wanted);
  const status = context.status();
  if (status !== 'STARTED') return done(err(`the switch is ${status.toLowerCase()}`));
  const found = sessionFor(context, wanted.value);
  if (!found.ok) return done(found);
  const session = found.value;
  const finish = (outcome: Outcome): void => {
    settle(context, session, outcome.ok);
    done(outcome);
  };
  const run = () =>
    thenBody(context.handlers.createSession(wanted.value.agent), ({ nativeId }) => ({ nativeid: nativeId }));
  answerFirst(session, finish, (ended) =>
    carryOut(context, question.header.name, run, (said) => ended(fitAnswer(context, question, said))),
  );
};
