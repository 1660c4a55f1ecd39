import { type ConversationCommand } from '../command.ts';
import { refuseWhileDecided } from '../interaction/interaction-refusal.ts';
import { knownInteraction } from '../objects.ts';
import { type Rejection } from '../rejection.ts';
import { isAsked } from '../session/commands-under-way.ts';
import { refuse } from '../session/refusal-session.ts';
import { type SessionState } from '../session/session-state.ts';
import { type KnownConversation } from './conversation.ts';

/** Whether releasing the leg means to reject the interaction as a whole (bridge INT-R02, T-14). */
export const isReleasedByReject = (state: SessionState, { role, parent }: KnownConversation): boolean => {
  const interaction = knownInteraction(state, parent);
  return role === 'primary' && (interaction?.state === 'ALERTING' || interaction?.state === 'DIALING');
};

const refuseAnswer = (state: SessionState, { state: present, parent }: KnownConversation) => {
  const offer = knownInteraction(state, parent)?.state;
  // The leg rings a moment before its interaction alerts; the interaction may have been dialling until then.
  if (present !== 'RINGING' || (offer !== 'ALERTING' && offer !== 'DIALING')) {
    return refuse('INVALID_STATE', 'Only a call that is ringing can be answered.');
  }
  return refuseWhileDecided(state, parent);
};

const refuseRelease = (state: SessionState, conversation: KnownConversation): Rejection | null => {
  if (conversation.state === 'RELEASED') return refuse('INVALID_STATE', 'The call is over already.');
  const releasing = isReleasedByReject(state, conversation)
    ? isAsked(state, ['RejectInteraction'], conversation.parent)
    : isAsked(state, ['ReleaseConversation'], conversation.path);
  return releasing ? refuse('INVALID_STATE', 'The call is being released already.') : null;
};

/** Why a leg does not take such a command now (agent protocol B5, D5). */
export const refuseOnConversation = (
  state: SessionState,
  conversation: KnownConversation,
  type: ConversationCommand['type'],
): Rejection | null => {
  const { state: present } = conversation;
  switch (type) {
    case 'AnswerConversation':
      return refuseAnswer(state, conversation);
    case 'ReleaseConversation':
      return refuseRelease(state, conversation);
    case 'HoldConversation':
      return present === 'TALKING' || present === 'MUTE' || present === 'HELD'
        ? null
        : refuse('INVALID_STATE', 'Only a connected call can be held.');
    case 'RetrieveConversation':
      return present === 'HELD' || present === 'TALKING'
        ? null
        : refuse('INVALID_STATE', 'Only a held call can be retrieved.');
    default:
      return refuse('NOT_SUPPORTED', `${type} is not supported yet.`);
  }
};
