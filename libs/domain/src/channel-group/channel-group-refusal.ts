import { type GroupCommand } from '../command.ts';
import { type Rejection } from '../rejection.ts';
import { refuse } from '../session/refusal-session.ts';
import { type SessionState } from '../session/session-state.ts';
import { type KnownGroup } from './channel-group.ts';

/** Why a group does not take such a command now (agent protocol B2, D3). */
export const refuseOnGroup = (
  _state: SessionState,
  _group: KnownGroup,
  type: GroupCommand['type'],
): Rejection | null => refuse('NOT_SUPPORTED', `${type} is not supported yet.`);
