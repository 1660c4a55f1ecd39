import { type MessageRow } from './message-row.ts';

/** Messages of a session: bridge B.2 and C.2. */
export const SESSION_MESSAGES = [
  {
    kind: 'query',
    level: 'session',
    name: 'session.query.init',
    does: 'The channel group that the agent uses.',
  },
  {
    kind: 'request',
    level: 'session',
    name: 'session.request.addchannelgroup',
    does: 'Registers a channel group.',
  },
  {
    kind: 'request',
    level: 'session',
    name: 'session.request.removechannelgroup',
    does: 'Forgets a channel group.',
  },
  {
    kind: 'request',
    level: 'session',
    name: 'session.request.logout',
    does: 'Logs the agent out; answered when that is done.',
  },
  { kind: 'request', level: 'session', name: 'session.request.dispose', does: 'Forgets the session.' },
  {
    kind: 'event',
    level: 'session',
    name: 'session.ended',
    does: 'The log-in was ended outside the desktop.',
  },
] as const satisfies readonly MessageRow[];
