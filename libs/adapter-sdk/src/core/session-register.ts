import { type CoreSession, createCoreSession, type SessionPorts } from './core-session.ts';
import { MAX_SESSIONS } from './limits.ts';

/** The sessions of one adapter, each the only one of its agent. */
export interface SessionRegister {
  readonly find: (id: string) => CoreSession | undefined;
  readonly ofAgent: (agent: string) => CoreSession | undefined;
  /** A new one, not open yet. Null when there are too many. */
  readonly enter: (ids: { readonly id: string; readonly agent: string }) => CoreSession | null;
  /** The login succeeded: this session now hears what happens to the agent, another one hears so no more. */
  readonly opened: (session: CoreSession) => void;
  /** Forgets a session. */
  readonly close: (session: CoreSession) => void;
  readonly openCount: () => number;
}

export const createSessionRegister = (ports: SessionPorts): SessionRegister => {
  const sessions = new Map<string, CoreSession>();
  const byAgent = new Map<string, CoreSession>();

  const close = (session: CoreSession): void => {
    session.isOpen = false;
    session.answerFirst.reset();
    session.gate.reset();
    if (byAgent.get(session.agent) === session) byAgent.delete(session.agent);
    if (sessions.get(session.id) === session) sessions.delete(session.id);
  };

  const displace = (session: CoreSession): void => {
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
      const session = createCoreSession(ids, ports);
      sessions.set(ids.id, session);
      return session;
    },
    opened: (session) => {
      const before = byAgent.get(session.agent);
      if (before !== undefined && before !== session) displace(before);
      // Another try to open the same session may have failed, and closed it, meanwhile.
      sessions.set(session.id, session);
      byAgent.set(session.agent, session);
      session.isOpen = true;
    },
    close,
    openCount: () => byAgent.size,
  };
};
