import { type Command } from '../command.ts';
import { isOngoing } from '../interaction/interaction.ts';
import { legsOf } from '../interaction/legs.ts';
import { LIMITS } from '../limits.ts';
import { knownChannel, knownGroup } from '../objects.ts';
import { childrenOf, isKnown } from '../placed.ts';
import { type Rejection } from '../rejection.ts';
import { type ChannelType } from '../values.ts';
import { lacks } from './capabilities.ts';
import { isAsked } from './commands-under-way.ts';
import { refuse } from './refusal-session.ts';
import { type SessionState } from './session-state.ts';
import { isGrowing, isLeft, isSwept } from './sweeping.ts';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

const soon = (): Rejection => refuse('INVALID_STATE', 'It is being set up. Try again in a moment.');

const MEDIA: Readonly<Record<ChannelType, string>> = {
  CHAT: 'chat-supported',
  EMAIL: 'email-supported',
  CALLBACK: 'callback-supported',
};

const refuseMedia = (state: SessionState, types: readonly ChannelType[]): Rejection | null => {
  const missing = types.find((type) => lacks(state, MEDIA[type] ?? ''));
  return missing === undefined
    ? null
    : refuse('NOT_SUPPORTED', `This switch has no channels of type ${missing}.`);
};

/** Why no such stand-alone channel can be added (agent protocol B1 row 3). */
export const refuseNewChannel = (
  state: SessionState,
  { endpoint, channelType }: Of<'AddChannel'>,
): Rejection | null => {
  if (endpoint.trim() === '') return refuse('INVALID_DATA', 'Name the end point of the channel.');
  const there = childrenOf(state.channels, state.session).find(({ nativeId }) => nativeId === endpoint);
  if (there !== undefined) {
    return isKnown(there) ? refuse('INVALID_STATE', 'The agent has this channel already.') : soon();
  }
  if (state.plannedChannels.some(({ nativeId }) => nativeId === endpoint)) return soon();
  const alone = childrenOf(state.channels, state.session).length + state.plannedChannels.length;
  return alone >= LIMITS.children
    ? refuse('INVALID_STATE', 'The agent has too many channels. Remove one first.')
    : refuseMedia(state, [channelType]);
};

/** The group of that name that the agent has; adding it again changes nothing (bridge D.4). */
export const groupNamed = (state: SessionState, name: string): SessionState['groups'][number] | undefined =>
  state.groups.find((group) => group.name === name || group.nativeId === name);

/** Why no such group can be added (agent protocol B1 row 5). */
export const refuseNewGroup = (state: SessionState, command: Of<'AddChannelGroup'>): Rejection | null => {
  const { name, chat, email, callback } = command;
  if (name.trim() === '') return refuse('INVALID_DATA', 'Name the channel group.');
  const there = groupNamed(state, name);
  if (there !== undefined) return isKnown(there) ? null : soon();
  if (state.plannedGroups.some((plan) => plan.name === name || plan.nativeId === name)) return soon();
  if (state.groups.length + state.plannedGroups.length >= LIMITS.children) {
    return refuse('INVALID_STATE', 'The agent has too many channel groups. Remove one first.');
  }
  return refuseMedia(state, [
    ...(chat ? ['CHAT'] : []),
    ...(email ? ['EMAIL'] : []),
    ...(callback ? ['CALLBACK'] : []),
  ]);
};

/** Whether something goes on there that must not be cut off (agent protocol D1, B1 rows 4 and 6). */
export const isWorkedOn = (state: SessionState, channel: string): boolean =>
  isAsked(state, ['Dial', 'ReadOutboundSkills'], channel) ||
  childrenOf(state.interactions, channel).some((one) => isOngoing(one) || legsOf(state, one.path).length > 0);

/** Whether the agent is on the way into or out of that channel by a command of its own. */
export const isChanging = (state: SessionState, channel: string): boolean =>
  isLeft(state, channel) || isAsked(state, ['ActivateChannel', 'DeactivateChannel'], channel);

/** Why this channel or group cannot be removed now. */
export const refuseRemoval = (
  state: SessionState,
  command: Of<'RemoveChannel' | 'RemoveChannelGroup'>,
): Rejection | null => {
  const path = `${state.session}.${command.id}`;
  const node = command.type === 'RemoveChannel' ? knownChannel(state, path) : knownGroup(state, path);
  if (node?.parent !== state.session) {
    return refuse('UNKNOWN_TARGET', `There is nothing with the id ${command.id} that could be removed.`);
  }
  if (node.stage !== 'LIVE' || isGrowing(state, path)) return soon();
  const channels = command.type === 'RemoveChannel' ? [node] : childrenOf(state.channels, path);
  if (channels.some((channel) => isWorkedOn(state, channel.path))) {
    return refuse('ONGOING_INTERACTION', 'End the interaction that is going on there first.');
  }
  return isSwept(state, path) || channels.some((channel) => isChanging(state, channel.path))
    ? refuse('INVALID_STATE', 'Another command is working on its channels. Try again in a moment.')
    : null;
};
