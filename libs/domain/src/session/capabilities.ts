import { type SessionState } from './session-state.ts';

/** Whether the switch has said that it can do this; what it does not mention it cannot (the extension family). */
export const offers = ({ adapter }: SessionState, capability: string): boolean =>
  adapter?.capabilities[capability] === true;

/** Whether the switch has said that it cannot do this; what it does not mention it can (bridge B.1.1). */
export const lacks = ({ adapter }: SessionState, capability: string): boolean =>
  adapter?.capabilities[capability] === false;

export const canActivate = (state: SessionState): boolean => !lacks(state, 'channel-activation-supported');
