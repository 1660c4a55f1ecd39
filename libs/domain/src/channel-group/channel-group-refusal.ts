import { childrenOf } from '../placed.ts';
import { type Rejection } from '../rejection.ts';
import { canActivate } from '../session/capabilities.ts';
import { refuse } from '../session/refusal-session.ts';
import { isChanging } from '../session/refusal-tree.ts';
import { type SessionState } from '../session/session-state.ts';
import { isSwept } from '../session/sweeping.ts';
import { type KnownGroup } from './channel-group.ts';

/** Why a group does not take a command on its channels now (agent protocol B2, D3). */
export const refuseOnGroup = (state: SessionState, { path }: KnownGroup): Rejection | null => {
  if (!canActivate(state)) {
    return refuse('NOT_SUPPORTED', 'This switch logs agents in and out of channels by itself.');
  }
  const changing = childrenOf(state.channels, path).some((channel) => isChanging(state, channel.path));
  return isSwept(state, path) || changing
    ? refuse('INVALID_STATE', 'Another command is working on these channels. Wait for its answer.')
    : null;
};
