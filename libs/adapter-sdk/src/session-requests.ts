import { type BusMessage } from '@cordboard/bus';
import { err, formatTarget, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { type AdapterContext } from './adapter-context.ts';
import { type AdapterSession } from './adapter-session.ts';
import { type Reply } from './answer-book.ts';
import { carryOut } from './carry-out.ts';
import { findByIds, nativeAddress, type ObjectNode } from './object-node.ts';
import { openQuestion } from './open-question.ts';
import { disposals, disposedNode, register, registrations, release } from './registration.ts';
import { type Route, routes } from './routes.ts';
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

const toHandler = (
  context: AdapterContext,
  route: Route,
  { question, node, session }: Asked,
  done: Done,
): void => {
  const { name } = question.header;
  if (node === undefined) return done(err('unknown target'));
  if (node.kind !== route.kind) return done(err(`${name} cannot be sent to this kind of object`));
  const run = (): ReturnType<Route['run']> => route.run(context.handlers, nativeAddress(node), question.body);
  carryOut(context, name, run, (outcome) => {
    done(outcome);
    if (route.init === true && outcome.ok) session.gate.open(node);
  });
};

const toDisposal = (context: AdapterContext, asked: Asked, done: Done): void => {
  const { session, question, node } = asked;
  const { name } = question.header;
  const disposal = own(disposals, name);
  if (disposal === undefined || (node !== undefined && node.kind !== disposal.kind)) {
    return done(err(`${name} cannot be sent to this kind of object`));
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

const toRegistration = (asked: Asked, done: Done): void => {
  const { session, question, node } = asked;
  const registration = own(registrations, question.header.name);
  if (node === undefined || registration?.kind !== node.kind) return done(err('unknown target'));
  done(register(session, node, registration.child, question.body));
};

const dispatch = (context: AdapterContext, asked: Asked, done: Done): void => {
  const { name } = asked.question.header;
  if (own(disposals, name) !== undefined) return toDisposal(context, asked, done);
  if (own(registrations, name) !== undefined) return toRegistration(asked, done);
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
