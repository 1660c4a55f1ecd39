import { formatTarget, targetKind } from '@cordboard/kernel';
import { type ChannelFact, takeChannelFact } from '../channel/channel-facts.ts';
import { type ConversationFact, takeConversationFact } from '../conversation/conversation-facts.ts';
import { type InteractionFact, takeInteractionFact } from '../interaction/interaction-facts.ts';
import { objectAt } from '../objects.ts';
import { type SwitchFact } from '../switch-fact.ts';
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

const apply = (draft: Draft, fact: SwitchFact): void => {
  const path = formatTarget(fact.target);
  switch (targetKind(fact.target)) {
    case 'session':
      return fact.type === 'SessionEnded' ? endSession(draft) : undefined;
    case 'channelgroup':
      return;
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
  if (mayTakeEffect(state, fact)) apply(draft, fact);
  else draft.emit('SwitchFactDeferred', fact.target, { fact });
};
