import { type CommandRow } from './command-row.ts';

/** Commands on a channel group: agent protocol B2, rows 14 and 15. */
export const CHANNEL_GROUP_COMMANDS = [
  {
    name: 'channelgroup.request.activateall',
    kind: 'channelgroup',
    aliases: ['channelgroup.activateall'],
    success: 'echo',
    does: 'Activates every channel of the group, stopping at the first that refuses.',
  },
  {
    name: 'channelgroup.request.deactivateall',
    kind: 'channelgroup',
    aliases: ['channelgroup.deactivateall'],
    success: 'echo',
    does: 'Deactivates every channel of the group, stopping at the first that refuses.',
  },
] as const satisfies readonly CommandRow[];

/** Commands on a channel: agent protocol B3, rows 16 to 22. */
export const CHANNEL_COMMANDS = [
  {
    name: 'channel.request.activate',
    kind: 'channel',
    aliases: ['channel.activate', 'channelgroup.request.activate'],
    success: 'echo',
    does: 'Logs the agent in on the channel.',
  },
  {
    name: 'channel.request.deactivate',
    kind: 'channel',
    aliases: ['channel.deactivate', 'channelgroup.request.deactivate'],
    success: 'echo',
    does: 'Logs the agent out of the channel, taking it not ready first.',
  },
  {
    name: 'channel.request.ready',
    kind: 'channel',
    aliases: ['channel.ready'],
    success: 'echo',
    does: 'Makes the agent available for work on the channel.',
  },
  {
    name: 'channel.request.notready',
    kind: 'channel',
    aliases: ['channel.notready'],
    success: 'echo',
    does: 'Makes the agent unavailable with a reason, or sends it into after-call work.',
  },
  {
    name: 'channel.request.dial',
    kind: 'channel',
    aliases: ['channel.dial'],
    success: 'echo',
    does: 'Starts an outbound call.',
  },
  {
    name: 'channel.request.externaldispositions',
    kind: 'channel',
    aliases: [],
    success: 'empty',
    does: 'Asks for the dispositions that the switch keeps for the channel.',
  },
  {
    name: 'channel.request.incontact.getscripts',
    kind: 'channel',
    aliases: [],
    success: 'own',
    does: 'Lists the scripts for the type of the channel.',
  },
] as const satisfies readonly CommandRow[];
