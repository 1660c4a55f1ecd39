import { type SessionCommand } from '../command.ts';
import { isOngoing } from '../interaction/interaction.ts';
import { legsOf } from '../interaction/legs.ts';
import { childrenOf, isOnItsWayIn, type Staged } from '../placed.ts';
import { type Rejection, type RejectionCode } from '../rejection.ts';
import { type SwitchRequestType } from '../switch-request.ts';
import { lacks, offers } from './capabilities.ts';
import { hasList } from './lists.ts';
import { type SessionState } from './session-state.ts';
import { isSweep } from './sweeping.ts';

export const refuse = (code: RejectionCode, message: string): Rejection => ({ code, message });

const isGrowing = (state: SessionState): boolean =>
  state.plannedGroups.length + state.plannedChannels.length > 0 ||
  [...state.groups, ...state.channels].some(isOnItsWayIn);

const DIALS: ReadonlySet<SwitchRequestType> = new Set(['Dial', 'ReadOutboundSkills']);

/** Why a logout cannot begin now (agent protocol D1). */
export const refuseLogOut = (state: SessionState): Rejection | null => {
  if (state.phase !== 'STARTED') {
    return refuse('INVALID_STATE', 'Wait for session.initialized, then log out.');
  }
  const dialling = state.requests.some(({ request }) => DIALS.has(request.type));
  const ongoing = state.interactions.some((one) => isOngoing(one) || legsOf(state, one.path).length > 0);
  if (dialling || ongoing) {
    return refuse('ONGOING_INTERACTION', 'End the interaction that is going on, then log out.');
  }
  return isGrowing(state) || state.commands.some(isSweep)
    ? refuse('INVALID_STATE', 'The channels are being set up or changed. Try again in a moment.')
    : null;
};

/** Why the session as a whole takes no such command in its present phase; null when it may. */
export const refuseInPhase = (state: SessionState, starts: boolean): Rejection | null => {
  switch (state.phase) {
    case 'CLOSED':
      return refuse('SESSION_CLOSED', 'This session has ended. Prepare a new one.');
    case 'LOGGING_OUT':
      return refuse('INVALID_STATE', 'The session is logging out.');
    case 'NONE':
    case 'PREPARED':
      if (state.phase === 'PREPARED' && starts) return null;
      return refuse('SESSION_NOT_STARTED', 'Start the session with session.start first.');
    case 'STARTING':
      return starts
        ? refuse('SESSION_ALREADY_STARTED', 'The session is being started.')
        : refuse(
            'SESSION_NOT_STARTED',
            'The session is being started. Wait for the answer to session.start.',
          );
    case 'INITIALIZING':
    case 'STARTED':
      return starts ? refuse('SESSION_ALREADY_STARTED', 'The session has been started already.') : null;
  }
};

/** Why no object can be added to the session or taken from it now, whichever it is. */
const refuseOnTree = (
  state: SessionState,
  type: 'AddChannel' | 'RemoveChannel' | 'AddChannelGroup' | 'RemoveChannelGroup',
): Rejection | null => {
  if (state.phase !== 'STARTED') return refuse('INVALID_STATE', 'Wait for session.initialized first.');
  const missing =
    type === 'AddChannel'
      ? !offers(state, 'standalone-channels-supported')
      : type === 'AddChannelGroup' && lacks(state, 'channel-groups-supported');
  if (missing) return refuse('NOT_SUPPORTED', 'This switch cannot add such an object.');
  const removable: readonly Staged[] =
    type === 'RemoveChannel' ? childrenOf(state.channels, state.session) : state.groups;
  const adds = type === 'AddChannel' || type === 'AddChannelGroup';
  return adds || removable.some(({ stage }) => stage === 'LIVE')
    ? null
    : refuse('UNKNOWN_TARGET', 'There is nothing of the kind that could be removed.');
};

/** Why the session does not take such a command on itself now (agent protocol B1). */
export const refuseOnSession = (state: SessionState, type: SessionCommand['type']): Rejection | null => {
  switch (type) {
    case 'StartSession':
      return null;
    case 'LogOut':
      return refuseLogOut(state);
    case 'AddChannel':
    case 'RemoveChannel':
    case 'AddChannelGroup':
    case 'RemoveChannelGroup':
      return refuseOnTree(state, type);
    case 'GetDirectory':
    case 'GetNotReadyReasons':
    case 'GetLogoutReasons':
      return hasList(state, type) ? null : refuse('NOT_SUPPORTED', 'There is no such list for this switch.');
    case 'GetAddressBook':
    case 'StopAddressBook':
      return offers(state, 'addressbook-supported')
        ? null
        : refuse('NOT_SUPPORTED', 'This switch has no address book.');
    case 'ConnectAgentLeg':
    case 'DisconnectAgentLeg':
      return offers(state, 'agentleg-supported')
        ? null
        : refuse('NOT_SUPPORTED', 'This switch has no permanent voice leg for agents.');
  }
};
