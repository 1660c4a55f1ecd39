import { type SessionOverview } from '@cordboard/event-store';
import { table } from './table.ts';

const HEADINGS = ['SESSION', 'AGENT', 'STATE', 'STARTED', 'LAST EVENT', 'EVENTS'] as const;

const time = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 19);

const cells = (session: SessionOverview): readonly string[] => [
  session.sessionId,
  session.agentId ?? '-',
  session.open ? 'open' : 'closed',
  time(session.startedAt),
  time(session.lastAt),
  String(session.events),
];

/** The list of `cordboard sessions`; times in UTC. */
export const formatSessions = (sessions: readonly SessionOverview[]): string =>
  sessions.length === 0
    ? 'No sessions yet: try npx cordboard agent --id 1001.'
    : table([HEADINGS, ...sessions.map(cells)]);
