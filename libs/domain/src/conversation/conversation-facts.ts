import { isUnderWay } from '../interaction/hold-back-state.ts';
import { offerInteraction, startInteraction, tellInteraction } from '../interaction/interaction-steps.ts';
import { LIMITS } from '../limits.ts';
import { knownConversation, knownInteraction } from '../objects.ts';
import { type Draft } from '../session/draft.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type ConversationState } from '../values.ts';
import { isConnected, type KnownConversation } from './conversation.ts';
import { focusOn } from './conversation-steps.ts';

export type ConversationFact = Extract<
  SwitchFact,
  { type: `Conversation${string}` | `Party${string}` | 'TransferFailed' | 'ConferenceFailed' }
>;

const follow = (draft: Draft, conversation: KnownConversation, state: ConversationState): boolean => {
  if (conversation.state === state) return false;
  const { target, parent, role, state: previousState } = conversation;
  draft.emit('ConversationStateUpdated', target, { state, previousState });
  // Somebody is at the other end of a consult, or no longer; of one that is over its disposal tells.
  const turned = role === 'consult' && isConnected(state) !== isConnected(previousState);
  if (turned && state !== 'RELEASED') tellInteraction(draft, parent);
  return true;
};

/** Not connected yet: the first leg says what the interaction is (bridge D.3), unless it was taken before. */
const setUp = (draft: Draft, conversation: KnownConversation, state: 'RINGING' | 'DIALING'): void => {
  if (!follow(draft, conversation, state) || conversation.role !== 'primary') return;
  const interaction = knownInteraction(draft.state(), conversation.parent);
  if (interaction?.state !== 'ALERTING' && interaction?.state !== 'DIALING') return;
  offerInteraction(draft, conversation.parent, state === 'RINGING' ? 'ALERTING' : 'DIALING');
};

/** Connected: the first time the interaction becomes the agent's. */
const connect = (draft: Draft, conversation: KnownConversation, state: 'TALKING' | 'HELD' | 'MUTE'): void => {
  if (!follow(draft, conversation, state)) return;
  const { parent, role, target } = conversation;
  const interaction = knownInteraction(draft.state(), parent);
  if (interaction === undefined) return;
  const waiting = interaction.state === 'ALERTING' || interaction.state === 'DIALING';
  if (role === 'primary' && waiting) startInteraction(draft, parent);
  // While the legs are exchanged the focus moves when both have changed (bridge D.12).
  if (state === 'TALKING' && !isUnderWay(interaction, 'alternate')) {
    focusOn(draft, parent, target.conversation ?? '');
  }
};

const partyAdded = (
  draft: Draft,
  { target, parent, members, conferencing }: KnownConversation,
  { number, name }: Extract<SwitchFact, { type: 'PartyAdded' }>,
): void => {
  const known = members.find((member) => member.number === number);
  const member = name === undefined ? { number } : { number, name };
  if (known === undefined) {
    if (members.length >= LIMITS.members) return;
    if (conferencing) tellInteraction(draft, parent);
    draft.emit('ConversationMemberAdded', target, { member });
  } else if (name !== undefined && known.name !== name) {
    draft.emit('ConversationMemberRenamed', target, { member });
  }
};

const partyRemoved = (draft: Draft, { target, members }: KnownConversation, number: string): void => {
  const member = members.find((one) => one.number === number);
  if (member !== undefined) draft.emit('ConversationMemberRemoved', target, { member });
};

/** Follows what the switch says about a leg that is all announced (bridge C.7); a released one stays released. */
export const takeConversationFact = (draft: Draft, path: string, fact: ConversationFact): void => {
  const conversation = knownConversation(draft.state(), path);
  if (conversation?.stage !== 'LIVE' || conversation.state === 'RELEASED') return;
  const { target } = conversation;
  switch (fact.type) {
    case 'ConversationRinging':
      return setUp(draft, conversation, 'RINGING');
    case 'ConversationDialing':
      return setUp(draft, conversation, 'DIALING');
    case 'ConversationStarted':
      return conversation.started ? undefined : draft.emit('ConversationStarted', target, {});
    case 'ConversationTalking':
      return connect(draft, conversation, 'TALKING');
    case 'ConversationHeld':
      return connect(draft, conversation, 'HELD');
    case 'ConversationMuted':
      return connect(draft, conversation, 'MUTE');
    case 'ConversationBusy':
      draft.emit('ConversationBusy', target, {});
      return void follow(draft, conversation, 'RELEASED');
    case 'ConversationFailed':
      draft.emit('ConversationFailed', target, { reason: fact.reason });
      return void follow(draft, conversation, 'RELEASED');
    case 'ConversationEnded':
      return void follow(draft, conversation, 'RELEASED');
    case 'TransferFailed':
      return draft.emit('ConversationTransferFailed', target, { reason: fact.reason });
    case 'ConferenceFailed':
      return draft.emit('ConversationConferenceFailed', target, { reason: fact.reason });
    case 'PartyAdded':
      return partyAdded(draft, conversation, fact);
    case 'PartyRemoved':
      return partyRemoved(draft, conversation, fact.number);
  }
};
