import { formatTarget, targetKind } from '@cordboard/kernel';
import { type ChannelFact, takeChannelFact } from '../channel/channel-facts.ts';
import { takeChannelJoined } from '../channel-group/channel-group-facts.ts';
import { type ConversationFact, takeConversationFact } from '../conversation/conversation-facts.ts';
import { type InteractionFact, takeInteractionFact } from '../interaction/interaction-facts.ts';
import { objectAt } from '../objects.ts';
import { isForgotten } from '../reconcile/link-state.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { takeAgentLeg } from './agent-leg.ts';
import { takeAddressBook } from './address-book.ts';
import { endSession } from './close.ts';
import { mayTakeEffect } from './deferral.ts';
import { type Draft } from './draft.ts';
import { type SessionState } from './session-state.ts';

const exists = (state: SessionState, { target }: SwitchFact): boolean => {
  if (target.session !== state.session) return false;
  if (targetKind(target) === 'session') return true;
  const node = objectAt(state, target);
  return node !== undefined && node.stage !== 'DROPPING';
};

const takeSessionFact = (draft: Draft, fact: SwitchFact): void => {
  switch (fact.type) {
    case 'SessionEnded':
      return endSession(draft);
    case 'AgentLegChanged':
      return takeAgentLeg(draft, fact);
    case 'AddressBookChanged':
      return takeAddressBook(draft, fact);
    default:
      return;
  }
};

const apply = (draft: Draft, fact: SwitchFact): void => {
  const path = formatTarget(fact.target);
  switch (targetKind(fact.target)) {
    case 'session':
      return takeSessionFact(draft, fact);
    case 'channelgroup':
      return fact.type === 'ChannelJoined' ? takeChannelJoined(draft, path, fact) : undefined;
    case 'channel':
      return takeChannelFact(draft, path, fact as ChannelFact);
    case 'interaction':
      return takeInteractionFact(draft, path, fact as InteractionFact);
    case 'conversation':
      return takeConversationFact(draft, path, fact as ConversationFact);
  }
};

/** Takes what the switch reports: now, later when its object is announced, or never when there is none. */
export const takeFact = (draft: Draft, fact: SwitchFact): void => {
  const state = draft.state();
  const live = state.phase !== 'NONE' && state.phase !== 'PREPARED' && state.phase !== 'CLOSED';
  if (!live || !exists(state, fact)) return;
  // What is said before the log-in is asked for anew is read anew as well.
  if (fact.type !== 'SessionEnded' && isForgotten(state)) return;
  if (mayTakeEffect(state, fact)) apply(draft, fact);
  // Address books are full of people and are never stored, so they cannot wait either (design K15).
  else if (fact.type !== 'AddressBookChanged') draft.emit('SwitchFactDeferred', fact.target, { fact });
};
