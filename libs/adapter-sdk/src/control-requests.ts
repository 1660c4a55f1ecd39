import { type BusMessage, HEADERS } from '@cordboard/bus';
import { controlTarget } from '@cordboard/cti-protocol';
import { err, type JsonObject, ok } from '@cordboard/kernel';
import { type AdapterContext } from './adapter-context.ts';
import { carryOut } from './carry-out.ts';
import { handleCreateSession } from './create-session.ts';
import { fitAnswer } from './fit-answer.ts';
import { type Answer } from './handlers.ts';
import { MAX_CONTROL_UNDER_WAY } from './limits.ts';
import { type OpenQuestion, openQuestion } from './open-question.ts';
import { type Presence } from './presence.ts';
import { thenBody } from './readings.ts';
import { answerText } from './wire.ts';

type Reading = (context: AdapterContext, body: JsonObject) => Answer<JsonObject> | undefined;

const FINAL = { [HEADERS.answer]: 'final' };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const readings: Readonly<Record<string, Reading>> = {
  'cti.query.capabilities': ({ handlers }) => ok(handlers.capabilities()),
  'cti.query.validateagent': ({ handlers }, { id, password }) =>
    typeof id === 'string' && typeof password === 'string'
      ? thenBody(handlers.validateAgent({ id, password }), () => ({}))
      : err('id and password are required'),
  'cti.query.agentinfo': ({ handlers }, { id }) => {
    const answer = handlers.agentInfo?.({ id: text(id) });
    return answer && thenBody(answer, (agent) => ({ agent: { ...agent } }));
  },
  'cti.request.serverstatus': () => ok({}),
};

/** Answers what the session service asks of the adapter as a whole (bridge B.1). */
export const createControl = (
  context: AdapterContext,
  presence: Presence,
): ((message: BusMessage) => void) => {
  let underWay = 0;

  const answerReading = ({ question, reply }: OpenQuestion): void => {
    const { name } = question.header;
    const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
    underWay += 1;
    carryOut(
      context,
      name,
      () =>
        underWay > MAX_CONTROL_UNDER_WAY
          ? err('too many questions are under way')
          : reading?.(context, question.body),
      (said) => {
        underWay -= 1;
        const outcome = fitAnswer(context, question, said);
        if (!outcome.ok) context.metrics.count('requests_failed');
        reply(answerText(question, outcome), FINAL);
      },
    );
  };

  return (message) => {
    const opened = openQuestion(context, message);
    if (opened === null) return;
    const { question, reply } = opened;
    const { name, target } = question.header;
    if (target !== controlTarget(context.processor))
      return reply(answerText(question, err('unknown target')), FINAL);
    if (name === 'cti.request.createsession') return handleCreateSession(context, opened);
    if (name !== 'cti.request.status') return answerReading(opened);
    reply(answerText(question, ok({})), FINAL);
    presence.asked();
  };
};
