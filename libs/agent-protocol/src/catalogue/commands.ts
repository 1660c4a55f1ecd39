import { CHANNEL_COMMANDS, CHANNEL_GROUP_COMMANDS } from './channel-commands.ts';
import { type CommandRow } from './command-row.ts';
import { CONVERSATION_COMMANDS } from './conversation-commands.ts';
import { INTERACTION_COMMANDS } from './interaction-commands.ts';
import { SESSION_COMMANDS } from './session-commands.ts';

const ROWS = [
  ...SESSION_COMMANDS,
  ...CHANNEL_GROUP_COMMANDS,
  ...CHANNEL_COMMANDS,
  ...INTERACTION_COMMANDS,
  ...CONVERSATION_COMMANDS,
];

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
