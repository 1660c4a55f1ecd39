import { type BusMessage } from '@cordboard/bus';
import { err, formatTarget, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { type AdapterContext } from './adapter-context.ts';
import { type AdapterSession } from './adapter-session.ts';
import { type Reply } from './answer-book.ts';
import { carryOut } from './carry-out.ts';
import { disposals, disposedNode, release } from './disposal.ts';
import { fitAnswer } from './fit-answer.ts';
import { findByIds, nativeAddress, type ObjectNode, presentChild } from './object-node.ts';
import { openQuestion } from './open-question.ts';
import { consent, readNewcomer, register, registrations } from './registration.ts';
import { type Route } from './route.ts';
import { routes } from './routes.ts';
import { takeNote } from './take-note.ts';
import { takeOnce } from './take-once.ts';
import { answerText, type Question } from './wire.ts';

type Outcome = Result<JsonObject, string>;
type Done = (outcome: Outcome) => void;

interface Asked {
  readonly session: AdapterSession;
  readonly question: Question;
  readonly node: ObjectNode | undefined;
}

const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const wrongKind = (name: string): Outcome => err(`${name} cannot be sent to this kind of object`);

const toHandler = (
  context: AdapterContext,
  route: Route,
  { question, node, session }: Asked,
  done: Done,
): void => {
  const { name } = question.header;
  if (node === undefined) return done(err('unknown target'));
  if (node.kind !== route.kind) return done(wrongKind(name));
  const run = (): ReturnType<Route['run']> => route.run(context.handlers, nativeAddress(node), question.body);
  carryOut(context, name, run, (said) => {
    const outcome = fitAnswer(context, question, said);
    if (outcome.ok) takeNote(session, question, outcome.value);
    done(outcome.ok && !node.supported ? ok({ ...outcome.value, interactions: undefined }) : outcome);
    if (route.init === true && outcome.ok) session.gate.open(node);
  });
};

const toDisposal = (context: AdapterContext, asked: Asked, done: Done): void => {
  const { session, question, node } = asked;
  const { name } = question.header;
  const disposal = own(disposals, name);
  if (disposal === undefined || (node !== undefined && !disposal.kinds.includes(node.kind))) {
    return done(wrongKind(name));
  }
  const gone = disposedNode(disposal, node, question.body);
  done(ok({}));
  if (gone === undefined) return;
  const at = nativeAddress(gone);
  if (gone === session.root) {
    context.sessions.close(session);
    session.outbox.restart();
  } else release(session, gone);
  context.handlers.disposed?.(at);
};

const toRegistration = (context: AdapterContext, asked: Asked, done: Done): void => {
  const { session, question, node } = asked;
  const { name } = question.header;
  const registration = own(registrations, name);
  if (node === undefined || registration === undefined) return done(err('unknown target'));
  if (!registration.parents.includes(node.kind)) return done(wrongKind(name));
  const newcomer = readNewcomer(node, registration.child, question.body);
  if (!newcomer.ok) return done(newcomer);
  const present = presentChild(node, newcomer.value);
  if (!present.ok) return done(present);
  const isNew = present.value === null && node === session.root;
  const ask = isNew ? consent(session, context.handlers, newcomer.value, question.body) : null;
  if (ask === null) return done(register(session, node, newcomer.value));
  carryOut(context, name, ask, (said) => done(said.ok ? register(session, node, newcomer.value) : said));
};

const dispatch = (context: AdapterContext, asked: Asked, done: Done): void => {
  const { name } = asked.question.header;
  if (own(disposals, name) !== undefined) return toDisposal(context, asked, done);
  if (asked.node?.supported === false && name !== 'channel.query.init') {
    return done(err(`${name} cannot be used on a channel of this type`));
  }
  if (own(registrations, name) !== undefined) return toRegistration(context, asked, done);
  const route = own(routes, name);
  if (route === undefined) return done(err(`${name} is not supported by this adapter`));
  toHandler(context, route, asked, done);
};

const unknownSession = (context: AdapterContext, question: Question, reply: Reply): void => {
  const harmless = own(disposals, question.header.name) !== undefined;
  if (harmless) return reply(answerText(question, ok({})), { answer: 'final' });
  context.metrics.count('requests_failed');
  reply(answerText(question, err('unknown session')), { answer: 'unknown-session' });
};

const answerClosed = (question: Question): Outcome =>
  own(disposals, question.header.name) === undefined ? err('the session is closed') : ok({});

/** Answers a request of a session's owner (docs/contracts.md, switch request). */
export const handleSessionRequest = (context: AdapterContext, message: BusMessage): void => {
  const opened = openQuestion(context, message);
  if (opened === null || message.address?.kind !== 'cti-request') return;
  const { question, reply } = opened;
  const { target } = question.header;
  if (target !== formatTarget(message.address.target)) {
    return reply(answerText(question, err('target and subject differ')), { answer: 'final' });
  }
  const session = context.sessions.find(message.address.target.session);
  if (session === undefined || session.state === 'opening') return unknownSession(context, question, reply);
  takeOnce(context, session, opened, (done) => {
    if (session.state === 'closed') return done(answerClosed(question));
    const node = findByIds(session.root, target.split('.').slice(1));
    dispatch(context, { session, question, node }, done);
  });
};
