import { formatTarget } from '@cordboard/kernel';
import { type Command } from '../command.ts';
import { childrenOf, isOnItsWayIn } from '../placed.ts';
import { type PendingCommand, type SessionState } from './session-state.ts';

/** A command that works through several channels, one step after another. */
type Sweep = Extract<
  Command,
  { type: 'ActivateAll' | 'DeactivateAll' | 'RemoveChannel' | 'RemoveChannelGroup' }
>;

export type PendingSweep = PendingCommand & { readonly command: Sweep };

const SWEEPS: ReadonlySet<Command['type']> = new Set([
  'ActivateAll',
  'DeactivateAll',
  'RemoveChannel',
  'RemoveChannelGroup',
]);

export const isSweep = (pending: PendingCommand): pending is PendingSweep => SWEEPS.has(pending.command.type);

/** The path of the group or stand-alone channel that a sweep is about. */
export const sweptPath = ({ command }: PendingSweep): string =>
  'id' in command ? `${command.target.session}.${command.id}` : formatTarget(command.target);

/** Something is on its way in there: a command on several channels waits to know them all. */
export const isGrowing = ({ groups, channels }: SessionState, path: string): boolean =>
  groups.some((group) => group.path === path && isOnItsWayIn(group)) ||
  childrenOf(channels, path).some(isOnItsWayIn);

/** Whether the agent is on the way out of that channel by a command of its own. */
export const isLeft = ({ commands }: SessionState, path: string): boolean =>
  commands.some(
    ({ command }) => command.type === 'DeactivateChannel' && formatTarget(command.target) === path,
  );

/** Whether a command works through the channels of that group, or on that stand-alone channel, already. */
export const isSwept = ({ commands }: SessionState, path: string): boolean =>
  commands.some((pending) => isSweep(pending) && sweptPath(pending) === path);
