import { answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { parseCtiMessage } from '@cordboard/cti-protocol';
import { type Rejection, type SessionState } from '@cordboard/domain';
import { err, formatTarget, type Target, targetKind } from '@cordboard/kernel';
import { factFromCti } from '@cordboard/translation';
import { factCause } from '../session/cause.ts';
import { type OwnedSession } from '../session/owned-session.ts';
import { isOverloaded } from '../commands/overload.ts';
import { type EnginePorts } from '../ports.ts';

export type SwitchEventHandler = (session: OwnedSession, message: BusMessage, target: Target) => void;

/** An adapter waits for each answer; one that does not is not let in with more than so many at a time. */
const MAX_UNDER_WAY = 1_000;

const done = JSON.stringify({ ok: true });
const dropped = JSON.stringify({ ok: false, code: 'MALFORMED' });
const refusedBy = ({ code }: Rejection): string => JSON.stringify({ ok: false, code });

const LISTS = {
  channelgroup: 'groups',
  channel: 'channels',
  interaction: 'interactions',
  conversation: 'conversations',
} as const;

const exists = (state: SessionState, target: Target): boolean => {
  const kind = targetKind(target);
  if (kind === 'session') return true;
  const path = formatTarget(target);
  return state[LISTS[kind]].some((known) => known.path === path);
};

/**
 * Events are numbered anew from each log-in on. One of another instance or incarnation than the session is on, and
 * one that comes while the log-in is out, belongs to what was before.
 */
const isLate = ({ adapter, requests }: SessionState, { headers }: BusMessage): boolean => {
  const { [HEADERS.instance]: instance, [HEADERS.incarnation]: incarnation } = headers;
  const other = (mine: string | undefined, its: string | undefined): boolean =>
    mine !== undefined && mine !== '' && its !== undefined && its !== mine;
  return (
    other(adapter?.instance, instance) ||
    other(adapter?.incarnation, incarnation) ||
    requests.some(({ request }) => request.type === 'CreateSession')
  );
};

/** So many right before it were dropped, says the adapter's end: a new owner does not know the last number. */
const droppedBefore = (ctiSeq: number, { headers }: BusMessage): number => {
  const dropped = Number(headers[HEADERS.lost] ?? 0);
  return Number.isSafeInteger(dropped) && dropped > 0 ? Math.min(dropped, ctiSeq - 1) : 0;
};

/** How many events before this one never came, as its number tells or the adapter's end. */
const missedBefore = (
  ctiSeq: number,
  message: BusMessage,
  { runner: { memory, state } }: OwnedSession,
): number => {
  // After a log-in that failed, the numbers of the former one go on.
  const isNumbered = state.link === 'up' || state.reconcile?.stage === 'surveying';
  if (!isNumbered) return 0;
  const leftOut = memory.ctiSeqSure ? ctiSeq - memory.ctiSeq - 1 : 0;
  return Math.max(leftOut, droppedBefore(ctiSeq, message));
};

const readFact = (message: BusMessage, target: Target) => {
  const parsed = parseCtiMessage(message.body);
  if (!parsed.ok) return parsed;
  const fact = factFromCti(parsed.value.message, target);
  return fact.ok ? fact : err(fact.error.reason);
};

const createCounts = () => {
  const counts = new WeakMap<OwnedSession, number>();
  const of = (session: OwnedSession): number => counts.get(session) ?? 0;
  return { of, add: (session: OwnedSession, by: 1 | -1) => counts.set(session, of(session) + by) };
};

type Passed = 'switch_events_late' | 'switch_events_repeated';

/** Answers to events of which nothing is recorded. */
const createPassing = ({ metrics, log }: Pick<EnginePorts, 'metrics' | 'log'>) => ({
  drop: (message: BusMessage, reason: string): void => {
    metrics.count('switch_events_malformed');
    log.warn('malformed switch event dropped', { subject: message.subject, reason });
    answerResult(message, dropped);
  },
  pass: (session: OwnedSession, message: BusMessage, counter: Passed): void => {
    metrics.count(counter);
    session.say(() => answerResult(message, done));
  },
});

/** Records what the switch reports, once, and says so only when it stands in the log (design K9). */
export const createSwitchEventHandler = (
  { store, clock, ids, metrics, log }: Pick<EnginePorts, 'store' | 'clock' | 'ids' | 'metrics' | 'log'>,
  onGap: (session: OwnedSession) => void,
): SwitchEventHandler => {
  const underWay = createCounts();

  const { drop, pass } = createPassing({ metrics, log });

  const noteGap = (session: OwnedSession, missed: number): void => {
    if (missed <= 0) return;
    metrics.count('switch_events_lost', missed);
    log.warn('switch events were lost', { session: session.runner.sessionId, missed });
    onGap(session);
  };

  const take = (
    session: OwnedSession,
    message: BusMessage,
    target: Target,
    { ctiSeq, isGap }: { readonly ctiSeq: number; readonly isGap: boolean },
  ): void => {
    const { runner } = session;
    const fact = readFact(message, target);
    if (!fact.ok) return drop(message, fact.error);
    if (!exists(runner.state, target)) {
      metrics.count('switch_events_unknown');
      log.warn('switch event about an unknown object', { subject: message.subject });
    }
    const seed = ids.next();
    const { head } = runner.memory;
    const taken = runner.submit({
      input: { kind: 'fact', fact: fact.value, at: clock.now(), seed },
      cause: factCause(message.headers[HEADERS.instance] ?? 'unknown', ctiSeq, seed),
    });
    if (!taken.ok) return session.say(() => answerResult(message, refusedBy(taken.error)));
    // What led to no row is not proven by one to be an owner's decision; a gap before it has to be stored as well.
    const isStored = runner.memory.head !== head && !isGap;
    runner.passSwitchEvent(ctiSeq);
    underWay.add(session, 1);
    void taken.value.then((error) => {
      underWay.add(session, -1);
      const answer = (): void => answerResult(message, done);
      if (error === null) return isStored ? answer() : session.say(answer);
      if (error.kind === 'refused') drop(message, error.reason);
    });
  };

  return (session, message, target) => {
    const { runner } = session;
    const ctiSeq = Number(message.headers[HEADERS.ctiSeq]);
    if (!Number.isSafeInteger(ctiSeq) || ctiSeq < 1) return drop(message, 'no ctiSeq header');
    metrics.count('switch_events');
    if (isLate(runner.state, message)) return pass(session, message, 'switch_events_late');
    const missed = missedBefore(ctiSeq, message, session);
    if (ctiSeq <= runner.memory.ctiSeq) {
      // A former owner that recorded it may have died before it recorded the gap.
      noteGap(session, missed);
      return pass(session, message, 'switch_events_repeated');
    }
    // It is said again, or leaves a gap: either way nothing is lost unseen.
    if (underWay.of(session) >= MAX_UNDER_WAY) return metrics.count('switch_events_refused');
    if (isOverloaded(store)) return metrics.count('switch_events_shed');
    take(session, message, target, { ctiSeq, isGap: missed > 0 });
    noteGap(session, missed);
  };
};
