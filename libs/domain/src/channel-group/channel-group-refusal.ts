import { type Rejection } from '../rejection.ts';
import { canActivate } from '../session/capabilities.ts';
import { refuse } from '../session/refusal-session.ts';
import { type SessionState } from '../session/session-state.ts';
import { isSwept } from '../session/sweeping.ts';
import { type KnownGroup } from './channel-group.ts';

/** Why a group does not take a command on its channels now (agent protocol B2, D3). */
export const refuseOnGroup = (state: SessionState, { path }: KnownGroup): Rejection | null => {
  if (!canActivate(state)) {
    return refuse('NOT_SUPPORTED', 'This switch logs agents in and out of channels by itself.');
  }
  return isSwept(state, path)
    ? refuse('INVALID_STATE', 'Another command is working on these channels. Wait for its answer.')
    : null;
};
