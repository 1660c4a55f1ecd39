import { type ConversationCommand } from '../command.ts';
import { refuseWhileDecided } from '../interaction/interaction-refusal.ts';
import { knownInteraction } from '../objects.ts';
import { type Rejection } from '../rejection.ts';
import { lacks } from '../session/capabilities.ts';
import { isAsked } from '../session/commands-under-way.ts';
import { refuse } from '../session/refusal-session.ts';
import { type SessionState } from '../session/session-state.ts';
import { type ConversationState } from '../values.ts';
import { type KnownConversation } from './conversation.ts';

/** Whether releasing the leg means to reject the interaction as a whole (bridge INT-R02, T-14). */
export const isReleasedByReject = (state: SessionState, { role, parent }: KnownConversation): boolean => {
  const interaction = knownInteraction(state, parent);
  return role === 'primary' && (interaction?.state === 'ALERTING' || interaction?.state === 'DIALING');
};

const refuseAnswer = (
  state: SessionState,
  { state: present, parent }: KnownConversation,
): Rejection | null =>
  present === 'RINGING'
    ? refuseWhileDecided(state, parent)
    : refuse('INVALID_STATE', 'Only a call that is ringing can be answered.');

const refuseRelease = (state: SessionState, conversation: KnownConversation): Rejection | null => {
  if (conversation.state === 'RELEASED') return refuse('INVALID_STATE', 'The call is over already.');
  const releasing = isReleasedByReject(state, conversation)
    ? isAsked(state, ['RejectInteraction'], conversation.parent)
    : isAsked(state, ['ReleaseConversation'], conversation.path);
  return releasing ? refuse('INVALID_STATE', 'The call is being released already.') : null;
};

const IN_CALL: readonly ConversationState[] = ['TALKING', 'HELD', 'MUTE'];

type Plain = Exclude<ConversationCommand['type'], 'AnswerConversation' | 'ReleaseConversation'>;

/** The states that admit a command (agent protocol D5) and what to tell in the others. */
const ADMITTED: Readonly<Record<Plain, readonly [states: readonly ConversationState[], otherwise: string]>> =
  {
    HoldConversation: [IN_CALL, 'Only a connected call can be held.'],
    RetrieveConversation: [['HELD', 'TALKING'], 'Only a held call can be retrieved.'],
    MuteConversation: [['TALKING', 'MUTE'], 'Only a call that the agent talks on can be muted.'],
    UnmuteConversation: [['MUTE', 'TALKING'], 'Only a muted call can be unmuted.'],
    SendDtmf: [['TALKING', 'MUTE'], 'Tones can only be sent on a call that is connected and not held.'],
    BlindTransfer: [IN_CALL, 'Only a connected call can be transferred.'],
    BlindConference: [IN_CALL, 'Only a connected call can be made a conference.'],
    RemoveParty: [IN_CALL, 'Parties can only be removed from a connected call.'],
  };

/** What the switch may lack, by the command that needs it (bridge B.1.1). */
const NEEDED: Readonly<Partial<Record<ConversationCommand['type'], readonly [key: string, what: string]>>> = {
  MuteConversation: ['mute-supported', 'mute calls'],
  UnmuteConversation: ['mute-supported', 'mute calls'],
  SendDtmf: ['dtmf-supported', 'send tones'],
  BlindTransfer: ['blind-transfer-supported', 'transfer calls blindly'],
  BlindConference: ['blind-conference-supported', 'bring a party in blindly'],
  RemoveParty: ['remove-party-supported', 'remove one party'],
};

const refuseUnsupported = (state: SessionState, type: ConversationCommand['type']): Rejection | null => {
  const [key, what] = NEEDED[type] ?? [];
  return key !== undefined && lacks(state, key)
    ? refuse('NOT_SUPPORTED', `This switch cannot ${what ?? ''}.`)
    : null;
};

/** A call is sent on or widened once at a time. */
const refuseRepeated = (state: SessionState, path: string, type: Plain): Rejection | null =>
  (type === 'BlindTransfer' || type === 'BlindConference') && isAsked(state, [type], path)
    ? refuse('INVALID_STATE', 'This is being done already. Wait for its answer.')
    : null;

/** Why a leg does not take such a command now (agent protocol B5, D5). */
export const refuseOnConversation = (
  state: SessionState,
  conversation: KnownConversation,
  type: ConversationCommand['type'],
): Rejection | null => {
  if (type === 'AnswerConversation') return refuseAnswer(state, conversation);
  if (type === 'ReleaseConversation') return refuseRelease(state, conversation);
  const [states, otherwise] = ADMITTED[type];
  return (
    refuseUnsupported(state, type) ??
    (states.includes(conversation.state)
      ? refuseRepeated(state, conversation.path, type)
      : refuse('INVALID_STATE', otherwise))
  );
};
