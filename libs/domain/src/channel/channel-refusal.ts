import { type ChannelCommand } from '../command.ts';
import { knownChannel } from '../objects.ts';
import { type Rejection } from '../rejection.ts';
import { canActivate } from '../session/capabilities.ts';
import { GONE, isAsked, SUCCESS } from '../session/commands-under-way.ts';
import { hasList } from '../session/lists.ts';
import { refuse } from '../session/refusal-session.ts';
import { isWorkedOn } from '../session/refusal-tree.ts';
import { type SessionState } from '../session/session-state.ts';
import { isSwept } from '../session/sweeping.ts';
import { type CommandOutcome } from '../session-event.ts';
import { isLeft } from '../session/sweeping.ts';
import { isSupported, type KnownChannel } from './channel.ts';

const unavailable = (): Rejection =>
  refuse('CHANNEL_UNAVAILABLE', 'Another agent is logged in on this channel.');

const swept = (state: SessionState, { path, parent }: KnownChannel): Rejection | null =>
  isSwept(state, path) || isSwept(state, parent)
    ? refuse('INVALID_STATE', 'Another command is working on these channels. Wait for its answer.')
    : null;

const refuseActivate = (state: SessionState, channel: KnownChannel): Rejection | null => {
  if (!canActivate(state)) {
    return refuse('NOT_SUPPORTED', 'This switch logs agents in and out of channels by itself.');
  }
  if (channel.state === 'ACTIVE') {
    return refuse('CHANNEL_ALREADY_ACTIVE', 'The channel is active already.');
  }
  if (channel.state === 'UNAVAILABLE') return unavailable();
  return isAsked(state, ['ActivateChannel'], channel.path)
    ? refuse('INVALID_STATE', 'The channel is being activated already.')
    : swept(state, channel);
};

const working = (): Rejection => refuse('ONGOING_INTERACTION', 'End the interaction on this channel first.');

const refuseDeactivate = (state: SessionState, channel: KnownChannel): Rejection | null => {
  const { path, state: present } = channel;
  if (!canActivate(state)) {
    return refuse('NOT_SUPPORTED', 'This switch logs agents in and out of channels by itself.');
  }
  if (present === 'INACTIVE') {
    return refuse('CHANNEL_ALREADY_INACTIVE', 'The channel is inactive already.');
  }
  if (present === 'UNAVAILABLE') return unavailable();
  if (isWorkedOn(state, path)) return working();
  return isLeft(state, path)
    ? refuse('INVALID_STATE', 'The channel is being deactivated already.')
    : swept(state, channel);
};

/**
 * How a deactivation ends for which the agent was taken not ready first; null when it goes on. What was wanted may
 * have come about by itself, or something may stand in its way now.
 */
export const leftMeanwhile = (state: SessionState, path: string): CommandOutcome | null => {
  const channel = knownChannel(state, path);
  if (channel === undefined) return GONE;
  if (channel.state === 'INACTIVE') return SUCCESS;
  const refused =
    channel.state === 'UNAVAILABLE' ? unavailable() : isWorkedOn(state, path) ? working() : null;
  return refused && { result: 'failure', ...refused };
};

/** Why nothing can be worked on there now. */
export const refuseInactive = ({ state }: KnownChannel): Rejection | null => {
  if (state === 'UNAVAILABLE') return unavailable();
  return state === 'INACTIVE' ? refuse('CHANNEL_NOT_ACTIVE', 'Activate the channel first.') : null;
};

const refuseDial = (state: SessionState, channel: KnownChannel): Rejection | null => {
  if (channel.type !== 'TELEPHONY') {
    return refuse('NOT_SUPPORTED', 'Only a telephony channel can dial.');
  }
  const inactive = refuseInactive(channel);
  if (inactive !== null) return inactive;
  return isAsked(state, ['Dial', 'ReadOutboundSkills'], channel.path)
    ? refuse('INVALID_STATE', 'A number is being dialled already. Wait for its answer.')
    : null;
};

/** Why a channel does not take such a command now (agent protocol B3, D2). */
export const refuseOnChannel = (
  state: SessionState,
  channel: KnownChannel,
  type: ChannelCommand['type'],
): Rejection | null => {
  if (!isSupported(channel)) {
    return refuse('NOT_SUPPORTED', 'Channels of this type cannot be worked on from here.');
  }
  switch (type) {
    case 'ActivateChannel':
      return refuseActivate(state, channel);
    case 'DeactivateChannel':
      return refuseDeactivate(state, channel);
    case 'MakeReady':
    case 'MakeNotReady':
      return refuseInactive(channel);
    case 'Dial':
      return refuseDial(state, channel);
    case 'GetDispositions':
    case 'GetScripts':
      return hasList(state, type) ? null : refuse('NOT_SUPPORTED', 'There is no such list for this channel.');
  }
};
