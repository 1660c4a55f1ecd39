import { formatTarget, parentTarget } from '@cordboard/kernel';
import { endInteraction, legsOf } from '../interaction/interaction-steps.ts';
import { LIMITS } from '../limits.ts';
import { knownConversation, knownInteraction } from '../objects.ts';
import { findAt, isKnown } from '../placed.ts';
import { ask, type Draft } from '../session/draft.ts';
import { type Member } from '../values.ts';

/** Moves the focus of an interaction (bridge D.3); the agent hears of it when it changes, or always if `told`. */
export const focusOn = (draft: Draft, interactionPath: string, id: string, told = false): void => {
  const interaction = knownInteraction(draft.state(), interactionPath);
  if (interaction === undefined || (interaction.focus === id && !told)) return;
  draft.emit('InteractionFocusChanged', interaction.target, { conversation: { id } });
};

/** Announces a leg whose reading has been answered, in one go; a second one takes the focus unless it is held. */
export const announceConversation = (draft: Draft, path: string): void => {
  const node = findAt(draft.state().conversations, path);
  if (node?.stage !== 'READ') return;
  const { target, role, reading } = node;
  const id = target.conversation ?? '';
  draft.emit('ConversationCreated', parentTarget(target), { conversation: { id, role } });
  draft.emit('ConversationStateUpdated', target, { state: reading.state, previousState: null });
  // Absent once the people it names were forgotten.
  const members = (reading.members as readonly Member[] | undefined) ?? [];
  const numbers = new Set<string>();
  for (const member of members.slice(0, LIMITS.members)) {
    if (numbers.has(member.number)) continue;
    numbers.add(member.number);
    draft.emit('ConversationMemberAdded', target, { member });
  }
  draft.emit('ConversationInitialized', target, {});
  if (role === 'consult' && reading.state !== 'HELD' && reading.state !== 'RELEASED')
    focusOn(draft, node.parent, id);
};

/** The switch has let go of a leg: the last one ends the interaction, another one hands the focus on. */
export const conversationGone = (draft: Draft, path: string): void => {
  const conversation = knownConversation(draft.state(), path);
  if (conversation === undefined) return;
  const { target, parent, role } = conversation;
  draft.emit('ConversationDisposed', target, {});
  const interaction = knownInteraction(draft.state(), parent);
  if (interaction === undefined || interaction.planned.length > 0) return;
  const over = interaction.state === 'ENDED' || interaction.state === 'COMPLETED';
  const [left] = legsOf(draft.state(), parent);
  if (left === undefined && !over) return endInteraction(draft, parent);
  const wasFocus = interaction.focus === target.conversation;
  if (left !== undefined && isKnown(left) && (wasFocus || role === 'primary')) {
    focusOn(draft, parent, left.target.conversation ?? '', role === 'primary');
  }
  if (interaction.state === 'COMPLETED') return;
  const { state } = interaction;
  draft.emit('InteractionStateUpdated', interaction.target, { state, previousState: state });
};

/** Lets go of a leg that is over; true when something was emitted. */
export const settleConversation = (draft: Draft, path: string): boolean => {
  const conversation = knownConversation(draft.state(), path);
  if (conversation?.stage !== 'LIVE' || conversation.state !== 'RELEASED') return false;
  const interaction = knownInteraction(draft.state(), formatTarget(parentTarget(conversation.target)));
  if (interaction?.stage !== 'LIVE') return false;
  ask(draft, { type: 'DisposeConversation', target: conversation.target });
  return true;
};
