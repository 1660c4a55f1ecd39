import { type MessageRow } from './message-row.ts';

/** Messages of a channel group: bridge B.3 and C.3. Add and remove go to the session for stand-alone channels. */
export const CHANNEL_GROUP_MESSAGES = [
  {
    kind: 'query',
    level: 'channelgroup',
    name: 'channelgroup.query.init',
    does: 'The channels of the group.',
  },
  {
    kind: 'request',
    level: 'channelgroup',
    name: 'channelgroup.request.addchannel',
    does: 'Registers a channel.',
  },
  {
    kind: 'request',
    level: 'channelgroup',
    name: 'channelgroup.request.removechannel',
    does: 'Forgets a channel.',
  },
  {
    kind: 'request',
    level: 'channelgroup',
    name: 'channelgroup.request.dispose',
    does: 'Forgets the group.',
  },
  {
    kind: 'event',
    level: 'channelgroup',
    name: 'channelgroup.channel',
    does: 'A channel joined the group outside the desktop.',
  },
] as const satisfies readonly MessageRow[];
