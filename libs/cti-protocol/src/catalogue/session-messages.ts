import { type MessageRow } from './message-row.ts';

/** Messages of a session: bridge B.2 and C.2, and the extension family (docs/protocol-decisions.md). */
export const SESSION_MESSAGES = [
  {
    kind: 'query',
    level: 'session',
    name: 'session.query.init',
    does: 'The channel groups and stand-alone channels that the agent uses.',
  },
  {
    kind: 'query',
    level: 'session',
    name: 'session.query.directory',
    does: 'Numbers that can be dialled at a touch.',
  },
  {
    kind: 'query',
    level: 'session',
    name: 'session.query.notreadyreasons',
    does: 'Reasons for being not ready.',
  },
  {
    kind: 'query',
    level: 'session',
    name: 'session.query.logoutreasons',
    does: 'Reasons for logging out.',
  },
  {
    kind: 'query',
    level: 'session',
    name: 'session.query.addressbook',
    does: 'The address book, once or followed from now on; or the end of that.',
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
  {
    kind: 'request',
    level: 'session',
    name: 'session.request.agentleg',
    does: 'Connects the permanent voice leg of the agent, or ends it.',
  },
  { kind: 'request', level: 'session', name: 'session.request.dispose', does: 'Forgets the session.' },
  {
    kind: 'event',
    level: 'session',
    name: 'session.ended',
    does: 'The log-in was ended outside the desktop.',
  },
  {
    kind: 'event',
    level: 'session',
    name: 'session.addressbook',
    does: 'The address book changed, while the agent follows it.',
  },
  {
    kind: 'event',
    level: 'session',
    name: 'session.agentleg',
    does: 'The voice leg of the agent came, went or could not be made.',
  },
] as const satisfies readonly MessageRow[];
