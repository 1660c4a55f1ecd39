import { type CommandRow } from './command-row.ts';

/** Commands on a conversation: agent protocol B5, rows 33 to 41, and the proposed extra of B6. */
export const CONVERSATION_COMMANDS = [
  {
    name: 'conversation.request.answer',
    kind: 'conversation',
    aliases: ['conversation.answer'],
    success: 'echo',
    does: 'Answers a ringing call.',
  },
  {
    name: 'conversation.request.release',
    kind: 'conversation',
    aliases: ['conversation.release'],
    success: 'echo',
    does: 'Hangs up; from a conference only the agent leaves.',
  },
  {
    name: 'conversation.request.hold',
    kind: 'conversation',
    aliases: ['conversation.hold'],
    success: 'echo',
    does: 'Puts the call on hold.',
  },
  {
    name: 'conversation.request.retrieve',
    kind: 'conversation',
    aliases: ['conversation.retrieve'],
    success: 'echo',
    does: 'Takes the call from hold.',
  },
  {
    name: 'conversation.request.mute',
    kind: 'conversation',
    aliases: ['conversation.mute'],
    success: 'echo',
    does: 'Silences the agent towards the others.',
  },
  {
    name: 'conversation.request.unmute',
    kind: 'conversation',
    aliases: ['conversation.unmute'],
    success: 'echo',
    does: 'Lets the agent be heard again.',
  },
  {
    name: 'conversation.request.senddtmf',
    kind: 'conversation',
    aliases: ['conversation.senddtmf'],
    success: 'echo',
    does: 'Sends tones into the call.',
  },
  {
    name: 'conversation.request.blindtransfer',
    kind: 'conversation',
    aliases: ['conversation.blindtransfer'],
    success: 'echo',
    does: 'Passes the call on without asking there first.',
  },
  {
    name: 'conversation.request.blindconference',
    kind: 'conversation',
    aliases: ['conversation.blindconference'],
    success: 'echo',
    does: 'Brings a party into the call without asking it first.',
  },
  {
    name: 'conversation.request.removeparty',
    kind: 'conversation',
    aliases: [],
    success: 'echo',
    does: 'Drops one party from a conference.',
  },
] as const satisfies readonly CommandRow[];
