import { type AdapterSession, createAdapterSession, type SessionPorts } from './adapter-session.ts';
import { ANSWERS_KEPT_MS, MAX_SESSIONS } from './limits.ts';

/** The sessions of one adapter. A closed one is remembered for ten minutes, so that late repeats get their answer. */
export interface SessionRegister {
  readonly find: (id: string) => AdapterSession | undefined;
  readonly ofAgent: (agent: string) => AdapterSession | undefined;
  /** Null when there are too many. */
  readonly enter: (ids: { readonly id: string; readonly agent: string }) => AdapterSession | null;
  /** The login succeeded: this session now hears what happens to the agent, another one hears so no more. */
  readonly opened: (session: AdapterSession) => void;
  readonly close: (session: AdapterSession) => void;
  /** Forgets a session that never opened. */
  readonly purge: () => void;
  readonly openCount: () => number;
  /** Events and requests under way, over all sessions. */
  readonly underWay: () => number;
}

export const createSessionRegister = (ports: SessionPorts): SessionRegister => {
  const sessions = new Map<string, AdapterSession>();
  const byAgent = new Map<string, AdapterSession>();

  const close = (session: AdapterSession): void => {
    session.state = 'closed';
    session.closedAt = ports.clock.now();
    session.answerFirst.reset();
    session.gate.reset();
    if (byAgent.get(session.agent) === session) byAgent.delete(session.agent);
  };

  const purge = (): void => {
    const limit = ports.clock.now() - ANSWERS_KEPT_MS;
    for (const session of sessions.values()) {
      if (session.state !== 'closed' || session.closedAt > limit) continue;
      session.outbox.restart();
      sessions.delete(session.id);
    }
  };

  const displace = (session: AdapterSession): void => {
    if (session.root.initialised) {
      session.push(session.root, 'session.ended', { reason: 'the agent has another session' });
    }
    close(session);
    ports.logger.warn('a session was displaced by another of the same agent', { session: session.id });
  };

  return {
    find: (id) => sessions.get(id),
    ofAgent: (agent) => byAgent.get(agent),
    enter: (ids) => {
      if (sessions.size >= MAX_SESSIONS) return null;
      const session = createAdapterSession(ids, ports);
      sessions.set(ids.id, session);
      return session;
    },
    opened: (session) => {
      const before = byAgent.get(session.agent);
      if (before !== undefined && before !== session) displace(before);
      byAgent.set(session.agent, session);
      session.state = 'open';
    },
    close,
    purge,
    openCount: () => byAgent.size,
    underWay: () =>
      [...sessions.values()].reduce(
        (sum, { outbox, answers }) => sum + outbox.size() + answers.underWay(),
        0,
      ),
  };
};
