import { type MessageRow } from './message-row.ts';

/** Messages of a channel: bridge B.4 and C.4, and the extension family (docs/protocol-decisions.md). */
export const CHANNEL_MESSAGES = [
  {
    kind: 'query',
    level: 'channel',
    name: 'channel.query.init',
    does: 'Log-in state, availability and interactions of the channel.',
  },
  {
    kind: 'query',
    level: 'channel',
    name: 'channel.query.dispositions',
    does: 'What can become of an interaction.',
  },
  {
    kind: 'query',
    level: 'channel',
    name: 'channel.query.scripts',
    does: 'Scripts for the interactions of the channel.',
  },
  {
    kind: 'query',
    level: 'channel',
    name: 'channel.query.outboundskills',
    does: 'Skills under which a destination may be dialled; none: no choice is needed.',
  },
  {
    kind: 'request',
    level: 'channel',
    name: 'channel.request.activate',
    does: 'Logs the agent in on the channel.',
  },
  {
    kind: 'request',
    level: 'channel',
    name: 'channel.request.deactivate',
    does: 'Logs the agent out of the channel.',
  },
  { kind: 'request', level: 'channel', name: 'channel.request.ready', does: 'Makes the agent available.' },
  {
    kind: 'request',
    level: 'channel',
    name: 'channel.request.notready',
    does: 'Makes the agent unavailable, with a reason.',
  },
  { kind: 'request', level: 'channel', name: 'channel.request.dial', does: 'Starts an outbound call.' },
  {
    kind: 'request',
    level: 'channel',
    name: 'channel.request.createinteraction',
    does: 'Registers an interaction.',
  },
  { kind: 'request', level: 'channel', name: 'channel.request.dispose', does: 'Forgets the channel.' },
  {
    kind: 'event',
    level: 'channel',
    name: 'channel.activated',
    does: 'The agent is logged in on the channel.',
  },
  { kind: 'event', level: 'channel', name: 'channel.deactivated', does: 'The agent left the channel.' },
  { kind: 'event', level: 'channel', name: 'channel.unavailable', does: 'Another agent took the channel.' },
  { kind: 'event', level: 'channel', name: 'channel.available', does: 'The other agent left the channel.' },
  {
    kind: 'event',
    level: 'channel',
    name: 'channel.disposed',
    does: 'The channel is gone from the platform.',
  },
  { kind: 'event', level: 'channel', name: 'channel.ready', does: 'The agent became available.' },
  {
    kind: 'event',
    level: 'channel',
    name: 'channel.notready',
    does: 'The agent became unavailable or went into after-call work.',
  },
  {
    kind: 'event',
    level: 'channel',
    name: 'channel.interaction',
    does: 'A new interaction is on the channel.',
  },
] as const satisfies readonly MessageRow[];
