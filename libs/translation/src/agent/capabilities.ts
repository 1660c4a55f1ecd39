import { COMMANDS } from '@cordboard/agent-protocol';
import { allowedCommands, type CommandType, type SessionState } from '@cordboard/domain';
import { type ObjectKind, type Target, targetKind } from '@cordboard/kernel';
import { commandTypeOf } from './command-names.ts';

const commandsOf = (kind: ObjectKind): readonly (readonly [string, CommandType])[] =>
  COMMANDS.filter((row) => row.kind === kind).map(({ name }) => [name, commandTypeOf(name)]);

const BY_KIND = {
  session: commandsOf('session'),
  channelgroup: commandsOf('channelgroup'),
  channel: commandsOf('channel'),
  interaction: commandsOf('interaction'),
  conversation: commandsOf('conversation'),
} as const satisfies Readonly<Record<ObjectKind, unknown>>;

/**
 * What `state.updated` says of the commands of an object: every command of its kind by newest name, true where
 * it would be taken now (agent protocol C row 16).
 */
export const capabilitiesOf = (state: SessionState, target: Target): Readonly<Record<string, boolean>> => {
  const allowed = new Set(allowedCommands(state, target));
  return Object.fromEntries(BY_KIND[targetKind(target)].map(([name, type]) => [name, allowed.has(type)]));
};
