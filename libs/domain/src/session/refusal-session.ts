import { type SessionCommand } from '../command.ts';
import { isOngoing } from '../interaction/interaction.ts';
import { legsOf } from '../interaction/interaction-steps.ts';
import { isOnItsWayIn } from '../placed.ts';
import { type Rejection, type RejectionCode } from '../rejection.ts';
import { type SessionState } from './session-state.ts';

export const refuse = (code: RejectionCode, message: string): Rejection => ({ code, message });

const isGrowing = (state: SessionState): boolean =>
  state.plannedGroups.length > 0 || [...state.groups, ...state.channels].some(isOnItsWayIn);

/** Why a logout cannot begin now (agent protocol D1). */
export const refuseLogOut = (state: SessionState): Rejection | null => {
  if (state.phase !== 'STARTED') {
    return refuse('INVALID_STATE', 'Wait for session.initialized, then log out.');
  }
  const dialling = state.requests.some(({ request }) => request.type === 'Dial');
  const ongoing = state.interactions.some((one) => isOngoing(one) || legsOf(state, one.path).length > 0);
  if (dialling || ongoing) {
    return refuse('ONGOING_INTERACTION', 'End the interaction that is going on, then log out.');
  }
  return isGrowing(state)
    ? refuse('INVALID_STATE', 'The channels are being set up. Try again in a moment.')
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

/** Why the session does not take such a command on itself now (agent protocol B1). */
export const refuseOnSession = (state: SessionState, type: SessionCommand['type']): Rejection | null => {
  switch (type) {
    case 'StartSession':
      return null;
    case 'LogOut':
      return refuseLogOut(state);
    default:
      return refuse('NOT_SUPPORTED', `${type} is not supported yet.`);
  }
};
