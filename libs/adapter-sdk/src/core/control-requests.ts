import { type CtiMessage } from '@cordboard/cti-protocol';
import { err, type JsonObject, ok } from '@cordboard/kernel';
import { carryOut, type Done } from './carry-out.ts';
import { type CoreContext } from './core-context.ts';
import { createSession } from './create-session.ts';
import { fitAnswer } from './fit-answer.ts';
import { type Answer } from './handlers.ts';
import { thenBody } from './readings.ts';

type Reading = (context: CoreContext, body: JsonObject) => Answer<JsonObject> | undefined;

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
  'cti.request.status': () => ok({}),
  'cti.request.serverstatus': ({ logger }, { status, reason }) => {
    logger.info('Cordboard told its status', { status, reason });
    return ok({});
  },
};

/** Carries out what is asked of the adapter as a whole (bridge B.1). */
export const handleControl = (context: CoreContext, question: CtiMessage, done: Done): void => {
  const { name } = question.header;
  if (name === 'cti.request.createsession') return createSession(context, question, done);
  const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
  carryOut(
    context,
    name,
    () => reading?.(context, question.body),
    (said) => done(fitAnswer(context, question, said)),
  );
};
