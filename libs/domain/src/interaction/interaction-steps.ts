import { formatTarget, parentTarget } from '@cordboard/kernel';
import { beginAfterCallWork } from '../channel/after-call-work.ts';
import { type KnownChannel } from '../channel/channel.ts';
import { tellChannel } from '../channel/channel-steps.ts';
import { isConnected } from '../conversation/conversation.ts';
import { ruleOf } from '../house.ts';
import { knownChannel, knownConversation, knownInteraction } from '../objects.ts';
import { findAt } from '../placed.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { ask, type Draft } from '../session/draft.ts';
import { type EventData } from '../session-event.ts';
import { type Direction } from '../values.ts';
import { type InteractionReading, isUnclaimed, type KnownInteraction } from './interaction.ts';
import { mayBeCompleted } from './interaction-refusal.ts';
import { legIn, legsOf } from './legs.ts';

/** The switch does not say who called whom once a call is up: then a dial that waits for its call tells, or nobody. */
const directionOf = ({ state }: InteractionReading, channel: KnownChannel | undefined): Direction | null => {
  if (state === 'ALERTING') return 'inbound';
  const dialled = channel !== undefined && channel.dialling !== null;
  return dialled || state === 'DIALING' ? 'outbound' : null;
};

/** Announces an interaction whose reading has been answered (bridge D.5, D.6, D.15). */
export const announceInteraction = (draft: Draft, path: string): void => {
  const node = findAt(draft.state().interactions, path);
  if (node?.stage !== 'READ') return;
  const { target, type, reading } = node;
  if (reading.state === 'COMPLETED') return ask(draft, { type: 'DisposeInteraction', target });
  const above = parentTarget(target);
  const channel = knownChannel(draft.state(), formatTarget(above));
  const direction = directionOf(reading, channel);
  // A call out of a running channel is always preceded by the channel's pair, exactly once (bridge T-23).
  if (channel?.stage === 'LIVE' && direction === 'outbound' && channel.dialling?.paired !== true) {
    tellChannel(draft, channel, channel.state, channel.agent);
  }
  draft.emit('InteractionCreated', above, {
    interaction: {
      id: target.interaction ?? '',
      type,
      modelType: type,
      ...(direction === null ? {} : { direction }),
    },
  });
  ruleInteraction(draft, path);
  draft.emit('InteractionStateUpdated', target, { state: reading.state, previousState: null });
};

const mayBeCompletedNow = (draft: Draft, path: string): boolean => {
  const interaction = knownInteraction(draft.state(), path);
  return interaction !== undefined && mayBeCompleted(draft.state(), interaction);
};

/** What became of the interaction; its queue may have asked for that before it can be completed. */
export const setDisposition = (
  draft: Draft,
  { path, target }: KnownInteraction,
  disposition: string,
): void => {
  const before = mayBeCompletedNow(draft, path);
  draft.emit('InteractionDispositionSet', target, { disposition });
  if (before !== mayBeCompletedNow(draft, path)) tellInteraction(draft, path);
};

/** The first queue with a rule that the data of an interaction names decides what is asked of the agent. */
const ruleInteraction = (draft: Draft, path: string): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined || interaction.rule !== null) return;
  const { target, data } = interaction;
  const queue = data.QUEUE;
  const rule = typeof queue === 'string' ? ruleOf(draft.house, queue) : undefined;
  if (typeof queue === 'string' && rule !== undefined)
    draft.emit('InteractionRuled', target, { queue, ...rule });
};

/** The attached data has changed; a queue that it names only now may forbid to complete the interaction. */
export const changeData = (
  draft: Draft,
  { path, target }: KnownInteraction,
  data: EventData['InteractionDataChanged'],
): void => {
  draft.emit('InteractionDataChanged', target, data);
  const before = mayBeCompletedNow(draft, path);
  ruleInteraction(draft, path);
  if (before !== mayBeCompletedNow(draft, path)) tellInteraction(draft, path);
};

/** Ends the set-up of an interaction all of whose legs are in. */
export const finishInteraction = (draft: Draft, path: string): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined) return;
  const { target, data, state, previewed, parent } = interaction;
  draft.emit('InteractionDataChanged', target, { interactionData: data });
  const dialled = state === 'DIALING' && knownChannel(draft.state(), parent)?.stage === 'LIVE';
  if (!previewed && (state === 'ALERTING' || dialled)) {
    draft.emit('InteractionPreviewed', target, { interactionData: data });
  }
  draft.emit('InteractionInitialized', target, {});
  const primary = legsOf(draft.state(), path).find(({ role }) => role === 'primary');
  // A running call whose legs could not be read: it is the agent's to complete, which was not so at first.
  if (primary === undefined && state === 'STARTED' && interaction.type === 'TELEPHONY') {
    draft.emit('InteractionStateUpdated', target, { state, previousState: state });
  }
  const leg = primary === undefined ? undefined : knownConversation(draft.state(), primary.path);
  if (leg !== undefined && isConnected(leg.state)) startInteraction(draft, path);
};

/** Tells what can be done with the interaction now, although its state is the same. */
export const tellInteraction = (draft: Draft, path: string): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction !== undefined) advance(draft, interaction, interaction.state);
};

/** A second leg that was on its way will not come: the agent may ask for another one, or all is over. */
export const legLost = (draft: Draft, path: string): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined || interaction.stage === 'DISPOSING' || interaction.state === 'COMPLETED')
    return;
  if (interaction.holdBack?.by === 'consult') draft.emit('InteractionHoldBackEnded', interaction.target, {});
  const alone = legsOf(draft.state(), path).length === 0;
  if (interaction.stage === 'LIVE') {
    return alone && interaction.state === 'STARTED'
      ? endInteraction(draft, path)
      : tellInteraction(draft, path);
  }
  // The set-up tells by itself that a first leg could not be read.
  const planned = interaction.planned.some(({ role }) => role === 'primary');
  if (planned || legIn(draft.state(), path, 'primary') !== undefined) tellInteraction(draft, path);
};

const advance = (
  draft: Draft,
  { target, state: previousState }: Pick<KnownInteraction, 'target' | 'state'>,
  state: KnownInteraction['state'],
): void => draft.emit('InteractionStateUpdated', target, { state, previousState });

/** The interaction is offered: the agent may look at it before taking it. */
export const offerInteraction = (draft: Draft, path: string, state: 'ALERTING' | 'DIALING'): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined || interaction.state === state) return;
  advance(draft, interaction, state);
  if (state === 'ALERTING' && !interaction.previewed) {
    draft.emit('InteractionPreviewed', interaction.target, { interactionData: interaction.data });
  }
};

/** The interaction is the agent's now; the record pops once. */
export const startInteraction = (draft: Draft, path: string): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined || interaction.state === 'STARTED') return;
  if (!interaction.popped) {
    draft.emit('InteractionScreenPopped', interaction.target, { interactionData: interaction.data });
  }
  advance(draft, interaction, 'STARTED');
};

/** Nothing is left to handle; the agent may wrap up. */
export const endInteraction = (draft: Draft, path: string): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined || interaction.state === 'ENDED' || interaction.state === 'COMPLETED') return;
  draft.emit('InteractionEnded', interaction.target, {});
  advance(draft, interaction, 'ENDED');
  beginAfterCallWork(draft, path);
};

/** The work is done; legs that are left are let go first, then the interaction (bridge A7-11). */
export const completeInteraction = (draft: Draft, path: string): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined || interaction.state === 'COMPLETED') return;
  const waits = interaction.holdBack !== null && interaction.holdBack.until !== null;
  if (waits) draft.emit('InteractionHoldBackEnded', interaction.target, {});
  draft.emit('InteractionCompleted', interaction.target, {});
  advance(draft, interaction, 'COMPLETED');
  for (const { path: leg } of legsOf(draft.state(), path)) {
    const conversation = knownConversation(draft.state(), leg);
    if (conversation === undefined || conversation.state === 'RELEASED') continue;
    const { target, state } = conversation;
    draft.emit('ConversationStateUpdated', target, { state: 'RELEASED', previousState: state });
  }
};

/** What an interaction that is all announced leads to by itself; true when something was emitted. */
export const settleInteraction = (draft: Draft, path: string): boolean => {
  const state = draft.state();
  const interaction = knownInteraction(state, path);
  if (interaction?.stage !== 'LIVE' || interaction.planned.length > 0) return false;
  if (legsOf(state, path).length > 0 || state.phase === 'LOGGING_OUT') return false;
  if (interaction.state === 'COMPLETED') {
    if (isHeld(state)) draft.emit('InteractionDisposed', interaction.target, {});
    else ask(draft, { type: 'DisposeInteraction', target: interaction.target });
    return true;
  }
  if (interaction.state !== 'ENDED' || !isUnclaimed(interaction)) return false;
  completeInteraction(draft, path);
  return true;
};
