import { type ObjectKind } from '@cordboard/kernel';

/** One command of the agent session protocol (section B). */
interface CommandRow {
  /** Newest name; what capabilities and logs use. */
  readonly name: string;
  /** The kind of object that the target addresses. */
  readonly kind: ObjectKind;
  /** Other spellings that are accepted: older names, and misprints of the sources. */
  readonly aliases: readonly string[];
  /** The `data` of a success (A3): none at all, the request's own, always `{}`, or made by the command. */
  readonly success: 'none' | 'echo' | 'empty' | 'own';
}

const ROWS = [
  // B1: the session.
  { name: 'session.start', kind: 'session', aliases: ['session.request.start'], success: 'none' },
  { name: 'session.request.logout', kind: 'session', aliases: ['session.logout'], success: 'none' },
  { name: 'session.request.addchannel', kind: 'session', aliases: ['session.addchannel'], success: 'echo' },
  {
    name: 'session.request.removechannel',
    kind: 'session',
    aliases: ['session.removechannel'],
    success: 'echo',
  },
  {
    name: 'session.request.addchannelgroup',
    kind: 'session',
    aliases: ['session.addchannelgroup'],
    success: 'echo',
  },
  {
    name: 'session.request.removechannelgroup',
    kind: 'session',
    aliases: ['session.removechannelgroup'],
    success: 'echo',
  },
  { name: 'session.request.getdirectory', kind: 'session', aliases: [], success: 'own' },
  {
    name: 'session.request.externalnotreadyreasons',
    kind: 'session',
    aliases: ['session.request.externalnotredyreasons'],
    success: 'empty',
  },
  { name: 'session.request.externallogoutreasons', kind: 'session', aliases: [], success: 'empty' },
  { name: 'session.request.incontact.agentleg.connect', kind: 'session', aliases: [], success: 'empty' },
  { name: 'session.request.incontact.agentleg.disconnect', kind: 'session', aliases: [], success: 'empty' },
  { name: 'session.request.incontact.addressbook', kind: 'session', aliases: [], success: 'own' },
  { name: 'session.request.incontact.addressbook.stop', kind: 'session', aliases: [], success: 'empty' },
  // B2: a channel group.
  {
    name: 'channelgroup.request.activateall',
    kind: 'channelgroup',
    aliases: ['channelgroup.activateall'],
    success: 'echo',
  },
  {
    name: 'channelgroup.request.deactivateall',
    kind: 'channelgroup',
    aliases: ['channelgroup.deactivateall'],
    success: 'echo',
  },
  // B3: a channel.
  {
    name: 'channel.request.activate',
    kind: 'channel',
    aliases: ['channel.activate', 'channelgroup.request.activate'],
    success: 'echo',
  },
  {
    name: 'channel.request.deactivate',
    kind: 'channel',
    aliases: ['channel.deactivate', 'channelgroup.request.deactivate'],
    success: 'echo',
  },
  { name: 'channel.request.ready', kind: 'channel', aliases: ['channel.ready'], success: 'echo' },
  { name: 'channel.request.notready', kind: 'channel', aliases: ['channel.notready'], success: 'echo' },
  { name: 'channel.request.dial', kind: 'channel', aliases: ['channel.dial'], success: 'echo' },
  { name: 'channel.request.externaldispositions', kind: 'channel', aliases: [], success: 'empty' },
  { name: 'channel.request.incontact.getscripts', kind: 'channel', aliases: [], success: 'own' },
  // B4: an interaction.
  {
    name: 'interaction.request.accept',
    kind: 'interaction',
    aliases: ['interaction.accept'],
    success: 'echo',
  },
  {
    name: 'interaction.request.reject',
    kind: 'interaction',
    aliases: ['interaction.reject'],
    success: 'echo',
  },
  {
    name: 'interaction.request.setinteractiondata',
    kind: 'interaction',
    aliases: ['interaction.setinteractiondata'],
    success: 'echo',
  },
  {
    name: 'interaction.request.setdisposition',
    kind: 'interaction',
    aliases: ['interaction.setdisposition'],
    success: 'echo',
  },
  {
    name: 'interaction.request.complete',
    kind: 'interaction',
    aliases: ['interaction.complete'],
    success: 'echo',
  },
  {
    name: 'interaction.request.consult',
    kind: 'interaction',
    aliases: ['interaction.consult'],
    success: 'echo',
  },
  {
    name: 'interaction.request.alternate',
    kind: 'interaction',
    aliases: ['interaction.alternate'],
    success: 'echo',
  },
  {
    name: 'interaction.request.consulttransfer',
    kind: 'interaction',
    aliases: ['interaction.consulttransfer'],
    success: 'echo',
  },
  {
    name: 'interaction.request.consultconference',
    kind: 'interaction',
    aliases: ['interaction.consultconference'],
    success: 'echo',
  },
  { name: 'interaction.request.incontact.signal', kind: 'interaction', aliases: [], success: 'empty' },
  // B5: a conversation; the last one is the extra of B6.
  {
    name: 'conversation.request.answer',
    kind: 'conversation',
    aliases: ['conversation.answer'],
    success: 'echo',
  },
  {
    name: 'conversation.request.release',
    kind: 'conversation',
    aliases: ['conversation.release'],
    success: 'echo',
  },
  {
    name: 'conversation.request.hold',
    kind: 'conversation',
    aliases: ['conversation.hold'],
    success: 'echo',
  },
  {
    name: 'conversation.request.retrieve',
    kind: 'conversation',
    aliases: ['conversation.retrieve'],
    success: 'echo',
  },
  {
    name: 'conversation.request.mute',
    kind: 'conversation',
    aliases: ['conversation.mute'],
    success: 'echo',
  },
  {
    name: 'conversation.request.unmute',
    kind: 'conversation',
    aliases: ['conversation.unmute'],
    success: 'echo',
  },
  {
    name: 'conversation.request.senddtmf',
    kind: 'conversation',
    aliases: ['conversation.senddtmf'],
    success: 'echo',
  },
  {
    name: 'conversation.request.blindtransfer',
    kind: 'conversation',
    aliases: ['conversation.blindtransfer'],
    success: 'echo',
  },
  {
    name: 'conversation.request.blindconference',
    kind: 'conversation',
    aliases: ['conversation.blindconference'],
    success: 'echo',
  },
  { name: 'conversation.request.removeparty', kind: 'conversation', aliases: [], success: 'echo' },
] as const satisfies readonly CommandRow[];

/** Newest name of a command on the objects of a session. */
export type CommandName = (typeof ROWS)[number]['name'];

/** The 41 commands of the agent protocol (B1 to B5) and the extra `conversation.request.removeparty` (B6). */
export const COMMANDS: readonly (CommandRow & { readonly name: CommandName })[] = ROWS;

const byName = Object.fromEntries(COMMANDS.map((row) => [row.name, row])) as Record<CommandName, CommandRow>;
const bySpelling = new Map<string, CommandName>(
  COMMANDS.flatMap(({ name, aliases }) => [...aliases, name].map((spelling) => [spelling, name] as const)),
);

/** The catalogue's row of a command. */
export const commandRow = (name: CommandName): CommandRow => byName[name];

/**
 * The newest name of what was received, or null for an unknown command (agent protocol E): blanks around it are
 * dropped, then newest names and aliases are tried. Names are case-sensitive.
 */
export const normaliseCommand = (received: string): CommandName | null =>
  bySpelling.get(received.trim()) ?? null;
