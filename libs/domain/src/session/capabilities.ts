import { type SessionState } from './session-state.ts';

/** A capability that is absent counts as there (bridge B.1.1). */
export const canActivate = ({ adapter }: SessionState): boolean =>
  adapter?.capabilities['channel-activation-supported'] !== false;
