import { type MessageRow } from './message-row.ts';

/** Messages of the control destination: bridge B.1 and C.1, and the extension family. */
export const CONTROL_MESSAGES = [
  {
    kind: 'query',
    level: 'control',
    name: 'cti.query.capabilities',
    does: 'Which optional abilities the platform has.',
  },
  {
    kind: 'query',
    level: 'control',
    name: 'cti.query.validateagent',
    does: 'Whether id and password of an agent are right; nobody is logged in by it.',
  },
  {
    kind: 'query',
    level: 'control',
    name: 'cti.query.agentinfo',
    does: 'What the platform knows of an agent; an adapter may refuse it.',
  },
  {
    kind: 'request',
    level: 'control',
    name: 'cti.request.status',
    does: 'Asks for a cti.status event, which follows the answer.',
  },
  {
    kind: 'request',
    level: 'control',
    name: 'cti.request.serverstatus',
    does: 'Tells the adapter that the engine starts or stops.',
  },
  {
    kind: 'request',
    level: 'control',
    name: 'cti.request.createsession',
    does: 'Logs an agent in, or attaches to its log-in, and registers the session.',
  },
  { kind: 'event', level: 'control', name: 'cti.status', does: 'Whether the adapter takes new sessions.' },
  { kind: 'event', level: 'control', name: 'cti.queues', does: 'How many wait in the queues, and how long.' },
] as const satisfies readonly MessageRow[];
