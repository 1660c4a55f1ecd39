import { formatTarget, parentTarget } from '@cordboard/kernel';
import { isHeldBack, isUnderWay } from '../interaction/hold-back-state.ts';
import { type KnownInteraction } from '../interaction/interaction.ts';
import { endInteraction, startInteraction, tellInteraction } from '../interaction/interaction-steps.ts';
import { legsOf, liveLeg } from '../interaction/legs.ts';
import { LIMITS } from '../limits.ts';
import { knownConversation, knownInteraction } from '../objects.ts';
import { findAt, isKnown } from '../placed.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { isAsked } from '../session/commands-under-way.ts';
import { ask, type Draft } from '../session/draft.ts';
import { type Member } from '../values.ts';
import { isConnected } from './conversation.ts';

/** Moves the focus of an interaction (bridge D.3); the agent hears of it when it changes, or always if `told`. */
export const focusOn = (draft: Draft, interactionPath: string, id: string, told = false): void => {
  const interaction = knownInteraction(draft.state(), interactionPath);
  if (interaction === undefined || (interaction.focus === id && !told)) return;
  draft.emit('InteractionFocusChanged', interaction.target, { conversation: { id } });
};

/** Whether the agent may exchange or join the two legs (agent protocol D4). */
const areConnected = (draft: Draft, path: string): boolean => {
  const second = liveLeg(draft.state(), path, 'consult');
  const first = liveLeg(draft.state(), path, 'primary');
  return first !== undefined && second !== undefined && isConnected(second.state);
};

/** A first leg that comes late, or anew, says that the call is the agent's; the set-up of a call says so by itself. */
const startIfConnected = (draft: Draft, path: string): void => {
  const interaction = knownInteraction(draft.state(), path);
  const first = liveLeg(draft.state(), path, 'primary');
  if (interaction?.stage !== 'LIVE' || first === undefined || !isConnected(first.state)) return;
  if (interaction.state === 'ALERTING' || interaction.state === 'DIALING') startInteraction(draft, path);
};

/**
 * Announces a leg whose reading has been answered, in one go, unless something has to be said before it; a
 * second one takes the focus unless it is held. A leg of a call that was completed meanwhile is let go.
 */
export const announceConversation = (draft: Draft, path: string): void => {
  const node = findAt(draft.state().conversations, path);
  if (node?.stage !== 'READ' || isHeldBack(draft.state(), node)) return;
  const { target, role, reading } = node;
  const over = knownInteraction(draft.state(), node.parent)?.state === 'COMPLETED';
  if (over) return ask(draft, { type: 'DisposeConversation', target });
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
  if (role === 'primary') startIfConnected(draft, node.parent);
  if (areConnected(draft, node.parent)) tellInteraction(draft, node.parent);
};

/** The last leg ends the interaction, unless a second one is being called just now. */
const lastLegGone = (draft: Draft, interaction: KnownInteraction, transferred: boolean): void => {
  const { path, target, state } = interaction;
  if (transferred) draft.emit('InteractionFocusChanged', target, { conversation: null });
  const coming = isAsked(draft.state(), ['Consult'], path) || isUnderWay(interaction, 'consult');
  if (state === 'ENDED' || coming) tellInteraction(draft, path);
  else endInteraction(draft, path);
};

/** The switch has let go of a leg: the last one ends the interaction, another one hands the focus on. */
export const conversationGone = (draft: Draft, path: string): void => {
  const conversation = knownConversation(draft.state(), path);
  if (conversation === undefined) return;
  const { target, parent, role, transferring } = conversation;
  draft.emit('ConversationDisposed', target, {});
  const interaction = knownInteraction(draft.state(), parent);
  if (interaction === undefined || interaction.planned.length > 0) return;
  const [left] = legsOf(draft.state(), parent);
  if (interaction.state === 'COMPLETED') return;
  if (left === undefined) return lastLegGone(draft, interaction, transferring);
  const told = role === 'primary' || transferring;
  if (isKnown(left) && (told || interaction.focus === target.conversation)) {
    focusOn(draft, parent, left.target.conversation ?? '', told);
  }
  // A transfer goes on with its second leg, so its list does not close here (bridge CNV-E11).
  if (!isUnderWay(interaction, 'consult-transfer')) tellInteraction(draft, parent);
};

/** Lets go of a leg that is over, without a word while the adapter is away; true when something was emitted. */
export const settleConversation = (draft: Draft, path: string): boolean => {
  const conversation = knownConversation(draft.state(), path);
  if (conversation?.stage !== 'LIVE' || conversation.state !== 'RELEASED') return false;
  const interaction = knownInteraction(draft.state(), formatTarget(parentTarget(conversation.target)));
  if (interaction?.stage !== 'LIVE') return false;
  if (isHeld(draft.state())) conversationGone(draft, path);
  else ask(draft, { type: 'DisposeConversation', target: conversation.target });
  return true;
};
