import { type BusMessage } from '@cordboard/bus';
import { err, type JsonObject, ok } from '@cordboard/kernel';
import { type AdapterContext } from './adapter-context.ts';
import { carryOut } from './carry-out.ts';
import { handleCreateSession } from './create-session.ts';
import { type Answer } from './handlers.ts';
import { type OpenQuestion, openQuestion } from './open-question.ts';
import { type Presence } from './presence.ts';
import { thenBody } from './readings.ts';
import { answerText } from './wire.ts';

type Reading = (context: AdapterContext, body: JsonObject) => Answer<JsonObject> | undefined;

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

const answerReading = (context: AdapterContext, { question, reply }: OpenQuestion): void => {
  const { name } = question.header;
  const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
  carryOut(
    context,
    name,
    () => reading?.(context, question.body),
    (outcome) => {
      if (!outcome.ok) context.metrics.count('requests_failed');
      reply(answerText(question, outcome), { answer: 'final' });
    },
  );
};

/** Answers what the session service asks of the adapter as a whole (bridge B.1). */
export const handleControl = (context: AdapterContext, presence: Presence, message: BusMessage): void => {
  const opened = openQuestion(context, message);
  if (opened === null) return;
  const { question } = opened;
  const { header } = question;
  if (header.target !== `${context.processor}.CONTROL`) {
    return opened.reply(answerText(question, err('unknown target')), { answer: 'final' });
  }
  if (header.name === 'cti.request.createsession') return handleCreateSession(context, opened);
  if (header.name !== 'cti.request.status') return answerReading(context, opened);
  opened.reply(answerText(question, ok({})), { answer: 'final' });
  presence.asked();
};
