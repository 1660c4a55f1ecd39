import { createKeptAnswers, type KeptAnswers } from './kept-answers.ts';
import { ANSWERS_KEPT_MS, MAX_LINK_BYTES, MAX_LINK_EVENTS, MAX_SESSIONS } from './limits.ts';
import { type LinkContext } from './link-context.ts';
import { createOutbox, type Outbox, type SendEvent } from './outbox.ts';

/** What a link knows of one session, learned from the messages that it carried. */
export interface LinkSession {
  readonly id: string;
  readonly answers: KeptAnswers;
  readonly outbox: Outbox;
  /** Highest owner's epoch seen; a lower one is refused. */
  epoch: number;
  state: 'unopened' | 'open' | 'closed';
  /** When it was closed, or last tried to open. */
  restingSince: number;
  /** Questions. */
  underWay: number;
}

/** The sessions of a link. A closed one is remembered for ten minutes, so that late repeats get their answer. */
export interface LinkSessions {
  readonly find: (id: string) => LinkSession | undefined;
  /** The session of this id, or a new one; null when there are too many. */
  readonly enter: (id: string) => LinkSession | null;
  /** `createsession` succeeded: its events are numbered from 1. */
  readonly opened: (session: LinkSession) => void;
  readonly closed: (session: LinkSession) => void;
  /** Looks whether the events of the whole link have become too many. */
  readonly relieve: () => void;
  /** Forgets all events. */
  readonly end: () => void;
  readonly openCount: () => number;
  readonly events: () => number;
  readonly bytes: () => number;
}

/** Full again only after a while: an eighth is made free. */
const ENOUGH = 7 / 8;
const PURGE_EVERY_MS = 60_000;

export const createLinkSessions = (context: LinkContext, send: SendEvent): LinkSessions => {
  const { clock, logger, metrics } = context;
  const sessions = new Map<string, LinkSession>();
  let nextPurge = 0;
  let open = 0;
  let events = 0;
  let bytes = 0;

  const makeOutbox = (id: string): Outbox =>
    createOutbox({
      send,
      onChange: (moreEvents, moreBytes) => {
        events += moreEvents;
        bytes += moreBytes;
      },
      onDropped: (dropped) => {
        metrics.count('event_queues_dropped');
        metrics.count('events_dropped', dropped);
        logger.error('nobody takes the events of a session: its queue was dropped', { session: id, dropped });
      },
    });

  const enter = (id: string): LinkSession => {
    const session: LinkSession = {
      id,
      answers: createKeptAnswers(clock),
      outbox: makeOutbox(id),
      epoch: 0,
      state: 'unopened',
      restingSince: clock.now(),
      underWay: 0,
    };
    sessions.set(id, session);
    return session;
  };

  const close = (session: LinkSession): void => {
    if (session.state === 'open') open -= 1;
    session.state = 'closed';
    session.restingSince = clock.now();
    session.outbox.restart();
  };

  const purge = (): void => {
    const now = clock.now();
    if (now < nextPurge && sessions.size < MAX_SESSIONS) return;
    nextPurge = now + PURGE_EVERY_MS;
    for (const { id, state, restingSince, underWay } of sessions.values()) {
      if (state !== 'open' && restingSince <= now - ANSWERS_KEPT_MS && underWay === 0) sessions.delete(id);
    }
  };

  const isFull = (share: number): boolean =>
    events > MAX_LINK_EVENTS * share || bytes > MAX_LINK_BYTES * share;

  return {
    find: (id) => sessions.get(id),
    enter: (id) => {
      const present = sessions.get(id);
      if (present !== undefined) return present;
      purge();
      return sessions.size >= MAX_SESSIONS ? null : enter(id);
    },
    opened: (session) => {
      if (session.state !== 'open') open += 1;
      session.state = 'open';
      session.outbox.restart();
    },
    closed: close,
    relieve: () => {
      if (!isFull(1)) return;
      const longest = [...sessions.values()].sort((a, b) => b.outbox.size() - a.outbox.size());
      for (const { outbox } of longest) {
        if (!isFull(ENOUGH)) return;
        outbox.cut();
      }
    },
    end: () => {
      for (const { outbox } of sessions.values()) outbox.restart();
    },
    openCount: () => open,
    events: () => events,
    bytes: () => bytes,
  };
};
