import { err, isId, isJsonObject, isSessionId, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { type AdapterContext } from './adapter-context.ts';
import { type AdapterSession, restartSession } from './adapter-session.ts';
import { carryOut } from './carry-out.ts';
import { fitAnswer } from './fit-answer.ts';
import { type OpenQuestion } from './open-question.ts';
import { takeOnce } from './take-once.ts';
import { thenBody } from './readings.ts';
import { answerText } from './wire.ts';

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
const sessionFor = ({ sessions }: AdapterContext, { id, agent }: Wanted): Result<AdapterSession, string> => {
  sessions.purge();
  const present = sessions.find(id);
  if (present !== undefined) {
    return present.agent === agent.id ? ok(present) : err('the session belongs to another agent');
  }
  const entered = sessions.enter({ id, agent: agent.id });
  return entered === null ? err('the adapter takes no more sessions') : ok(entered);
};

const settle = (context: AdapterContext, session: AdapterSession, succeeded: boolean): void => {
  if (!succeeded) {
    if (session.state === 'opening') context.sessions.close(session);
    return;
  }
  if (session.state === 'closed') session.root.children.clear();
  restartSession(session);
  context.sessions.opened(session);
};

/**
 * `cti.request.createsession` (bridge CTL-R03): logs the agent in or attaches to the login. The same session
 * again is read anew; another session of the same agent takes its place.
 */
export const handleCreateSession = (context: AdapterContext, opened: OpenQuestion): void => {
  const { question, reply, probe, epoch } = opened;
  const refuse = (why: string, answer = 'final'): void => reply(answerText(question, err(why)), { answer });
  const wanted = readWanted(question.body);
  if (!wanted.ok) return refuse(wanted.error);
  if (epoch === null) return refuse('the epoch is missing');
  if (probe && context.sessions.find(wanted.value.id) === undefined) {
    return refuse('this request was never seen', 'never-seen');
  }
  const found = sessionFor(context, wanted.value);
  if (!found.ok) return refuse(found.error);
  const session = found.value;
  takeOnce(context, session, opened, (done) => {
    const finish = (outcome: Result<JsonObject, string>): void => {
      settle(context, session, outcome.ok);
      done(outcome);
    };
    if (context.status() !== 'STARTED') return finish(err(`the switch is ${context.status().toLowerCase()}`));
    const run = () =>
      thenBody(context.handlers.createSession(wanted.value.agent), ({ nativeId }) => ({
        nativeid: nativeId,
      }));
    carryOut(context, question.header.name, run, (said) => finish(fitAnswer(context, question, said)));
  });
};
