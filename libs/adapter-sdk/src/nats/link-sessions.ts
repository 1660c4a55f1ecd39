import { createEventRoom, type Waiting } from './event-room.ts';
import { createKeptAnswers, type KeptAnswers } from './kept-answers.ts';
import { ANSWERS_KEPT_MS, MAX_SESSIONS } from './limits.ts';
import { type LinkContext } from './link-context.ts';
import { type Outbox, type SendEvent } from './outbox.ts';

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
  readonly waiting: () => Waiting;
}

const PURGE_EVERY_MS = 60_000;

export const createLinkSessions = (context: LinkContext, send: SendEvent): LinkSessions => {
  const { clock } = context;
  const room = createEventRoom(context, send);
  const sessions = new Map<string, LinkSession>();
  let nextPurge = 0;
  let open = 0;

  const enter = (id: string): LinkSession => {
    const session: LinkSession = {
      id,
      answers: createKeptAnswers(clock),
      outbox: room.outbox(id),
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
    relieve: () => room.relieve(() => [...sessions.values()].map(({ outbox }) => outbox)),
    end: () => {
      for (const { outbox } of sessions.values()) outbox.restart();
    },
    openCount: () => open,
    waiting: room.waiting,
  };
};
