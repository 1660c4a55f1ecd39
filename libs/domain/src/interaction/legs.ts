import { type Conversation, type KnownConversation } from '../conversation/conversation.ts';
import { childrenOf, isKnown } from '../placed.ts';
import { type SessionState } from '../session/session-state.ts';
import { type ConversationRole } from '../values.ts';

/** The legs of an interaction, but for those that nobody will ever hear of. */
export const legsOf = (state: SessionState, path: string): readonly Conversation[] =>
  childrenOf(state.conversations, path).filter(({ stage }) => stage !== 'DROPPING');

/** The leg in this role, at whatever stage; a call has one of each at most. */
export const legIn = (state: SessionState, path: string, role: ConversationRole): Conversation | undefined =>
  legsOf(state, path).find((leg) => leg.role === role);

/** The leg in this role that the agent was told of and that is not over. */
export const liveLeg = (
  state: SessionState,
  path: string,
  role: ConversationRole,
): KnownConversation | undefined => {
  const leg = legIn(state, path, role);
  return leg !== undefined && isKnown(leg) && leg.state !== 'RELEASED' ? leg : undefined;
};
