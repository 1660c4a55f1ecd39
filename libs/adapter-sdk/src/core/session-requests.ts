import { type CtiMessage } from '@cordboard/cti-protocol';
import { err, ok } from '@cordboard/kernel';
import { isHarmless } from '../link/harmless.ts';
import { answerFirst } from './answer-first.ts';
import { carryOut, type Done, type Outcome } from './carry-out.ts';
import { type CoreContext } from './core-context.ts';
import { type CoreSession } from './core-session.ts';
import { disposals, disposedNode, release } from './disposal.ts';
import { fitAnswer } from './fit-answer.ts';
import { findByIds, nativeAddress, type ObjectNode, presentChild } from './object-node.ts';
import { consent, readNewcomer, register, registrations } from './registration.ts';
import { type Route } from './route.ts';
import { routes } from './routes.ts';
import { takeNote } from './take-note.ts';

interface Asked {
  readonly session: CoreSession;
  readonly question: CtiMessage;
  readonly node: ObjectNode | undefined;
}

const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const wrongKind = (name: string): Outcome => err(`${name} cannot be sent to this kind of object`);

const toHandler = (
  context: CoreContext,
  route: Route,
  { question, node, session }: Asked,
  done: Done,
): void => {
  const { name } = question.header;
  if (node === undefined) return done(err('unknown target'));
  if (node.kind !== route.kind) return done(wrongKind(name));
  const { generation } = session;
  const run = (): ReturnType<Route['run']> => route.run(context.handlers, nativeAddress(node), question.body);
  carryOut(context, name, run, (said) => {
    const outcome = fitAnswer(context, question, said);
    // A reading from before a new createsession opens nothing: the bridge reads everything again.
    const isVoid = route.init === true && session.generation !== generation;
    if (outcome.ok && !isVoid) takeNote(session, question, outcome.value);
    done(outcome.ok && !node.supported ? ok({ ...outcome.value, interactions: undefined }) : outcome);
    if (route.init === true && outcome.ok && !isVoid) session.gate.open(node);
  });
};

const toDisposal = (context: CoreContext, asked: Asked, done: Done): void => {
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
  if (gone === session.root) context.sessions.close(session);
  else release(session, gone);
  context.handlers.disposed?.(at);
};

const toRegistration = (context: CoreContext, asked: Asked, done: Done): void => {
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

const dispatch = (context: CoreContext, asked: Asked, done: Done): void => {
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

/** Carries out what is asked of an object of a session (bridge B.2 to B.7). */
export const handleSessionRequest = (context: CoreContext, question: CtiMessage, done: Done): void => {
  const { target, name } = question.header;
  const [id = '', ...path] = target.split('.');
  const session = context.sessions.find(id);
  if (session?.isOpen !== true) return done(isHarmless(name) ? ok({}) : err('unknown session'));
  answerFirst(session, done, (ended) =>
    dispatch(context, { session, question, node: findByIds(session.root, path) }, ended),
  );
};
