import { type Command } from '../command.ts';
import { type Rejection } from '../rejection.ts';
import { offers } from './capabilities.ts';
import { refuseCallData } from './refusal-call-data.ts';
import { refuse } from './refusal-session.ts';
import { refuseNewChannel, refuseNewGroup, refuseRemoval } from './refusal-tree.ts';
import { type SessionState } from './session-state.ts';

type Dial = Extract<Command, { type: 'Dial' }>;
type LogOut = Extract<Command, { type: 'LogOut' }>;
type ActivateAll = Extract<Command, { type: 'ActivateAll' }>;

const isEmpty = (text: string | undefined): boolean => text === undefined || text.trim() === '';

const refuseDial = (state: SessionState, { destination, extensions }: Dial): Rejection | null => {
  if (isEmpty(destination)) return refuse('INVALID_DATA', 'Name the number to dial.');
  const extended = Object.keys(extensions ?? {}).length > 0;
  return extended && !offers(state, 'dial-extensions-supported')
    ? refuse('NOT_SUPPORTED', 'This switch takes no extensions with a number to dial. Leave them out.')
    : null;
};

const refuseLeaving = (state: SessionState, { reason }: LogOut): Rejection | null =>
  offers(state, 'logout-reason-required') && isEmpty(reason)
    ? refuse('INVALID_DATA', 'This switch wants to know why the agent logs out. Name the reason.')
    : null;

const refuseOptions = (state: SessionState, { target, options }: ActivateAll): Rejection | null => {
  const members = state.channels.filter((channel) => channel.target.channelgroup === target.channelgroup);
  const ids = new Set(members.map((channel) => channel.target.channel));
  const strange = options.find(({ id }) => !ids.has(id));
  return strange === undefined
    ? null
    : refuse('INVALID_DATA', `There is no channel ${strange.id} in this group. Leave it out of the options.`);
};

/** Why a command cannot be taken for what it says, although its object admits such commands. */
export const refuseData = (state: SessionState, command: Command): Rejection | null => {
  switch (command.type) {
    case 'Dial':
      return refuseDial(state, command);
    case 'MakeNotReady':
      return isEmpty(command.reasonCode)
        ? refuse('INVALID_DATA', 'Name the reason for which the agent is not ready.')
        : null;
    case 'LogOut':
      return refuseLeaving(state, command);
    case 'ActivateAll':
      return refuseOptions(state, command);
    case 'AddChannel':
      return refuseNewChannel(state, command);
    case 'AddChannelGroup':
      return refuseNewGroup(state, command);
    case 'RemoveChannel':
    case 'RemoveChannelGroup':
      return refuseRemoval(state, command);
    default:
      return refuseCallData(state, command);
  }
};
