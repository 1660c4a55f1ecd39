import { formatTarget } from '@cordboard/kernel';
import { dialledCallFound } from '../channel/channel-state.ts';
import { childTarget } from '../objects.ts';
import { isKnown, replaceAt } from '../placed.ts';
import { type SessionEvent } from '../session-event.ts';
import { type SessionState } from '../session/session-state.ts';
import { type ChannelType } from '../values.ts';
import { holdBackBegan, holdBackEnded } from './hold-back-state.ts';
import {
  type Interaction,
  type InteractionReading,
  type KnownInteraction,
  type PlannedConversation,
} from './interaction.ts';

type InteractionEvent = Extract<SessionEvent, { type: `Interaction${string}` }>;
type HeldBack = Extract<SessionEvent, { type: `InteractionHoldBack${string}` }>;
type Created = Extract<SessionEvent, { type: 'InteractionCreated' }>;

/** Rules V-1 to V-5 of the bridge, tolerant: what may not be there is not looked at. Calls alone have legs. */
export const plannedIn = (
  type: ChannelType,
  { state, primary, consult }: InteractionReading,
): readonly PlannedConversation[] => {
  if (type !== 'TELEPHONY' || state === 'ENDED' || state === 'COMPLETED') return [];
  const legs: PlannedConversation[] = [];
  if (primary !== null) legs.push({ nativeId: primary, role: 'primary' });
  if (consult !== null && state === 'STARTED' && consult !== primary)
    legs.push({ nativeId: consult, role: 'consult' });
  return legs;
};

const opened = (interaction: Interaction, { direction }: Created['data']['interaction']): Interaction => {
  if (interaction.stage !== 'READ') return interaction;
  const { reading, ...rest } = interaction;
  const known = reading.state === 'STARTED' || reading.state === 'ENDED';
  return {
    ...rest,
    stage: 'OPEN',
    direction: direction ?? null,
    state: reading.state,
    // Absent once the people it names were forgotten.
    data: reading.data ?? {},
    planned: plannedIn(interaction.type, reading),
    accepted: known,
    previewed: known,
    popped: known,
    focus: null,
    rule: null,
    disposition: null,
    holdBack: null,
  };
};

const created = (state: SessionState, event: Created): SessionState => {
  const path = formatTarget(childTarget('interaction', event.target, event.data.interaction.id));
  const interactions = replaceAt(state.interactions, path, (node) => opened(node, event.data.interaction));
  const found = { ...state, interactions };
  return event.data.interaction.direction === 'outbound'
    ? dialledCallFound(found, formatTarget(event.target))
    : found;
};

const changed = (
  interaction: KnownInteraction,
  event: Exclude<InteractionEvent, Created | HeldBack>,
): KnownInteraction => {
  switch (event.type) {
    case 'InteractionStateUpdated':
      return {
        ...interaction,
        state: event.data.state,
        accepted: interaction.accepted || event.data.state === 'STARTED',
      };
    case 'InteractionDataChanged':
      return { ...interaction, data: event.data.interactionData };
    case 'InteractionPreviewed':
      return { ...interaction, previewed: true };
    case 'InteractionInitialized':
      return { ...interaction, stage: 'LIVE' };
    case 'InteractionScreenPopped':
      return { ...interaction, popped: true };
    case 'InteractionFocusChanged':
      return { ...interaction, focus: event.data.conversation?.id ?? null };
    case 'InteractionRuled': {
      const { wrapUpMs, dispositionRequired } = event.data;
      return { ...interaction, rule: { wrapUpMs, dispositionRequired } };
    }
    case 'InteractionDispositionSet':
      // Absent once the people it names were forgotten.
      return { ...interaction, disposition: event.data.disposition ?? '' };
    case 'InteractionEnded':
    case 'InteractionCompleted':
    case 'InteractionDisposed':
      return interaction;
  }
};

/** Folds everything that is said about an interaction, but for its disposal. */
export const evolveInteraction = (state: SessionState, event: InteractionEvent): SessionState => {
  if (event.type === 'InteractionCreated') return created(state, event);
  const path = formatTarget(event.target);
  if (event.type === 'InteractionHoldBackBegan') return holdBackBegan(state, path, event.data);
  if (event.type === 'InteractionHoldBackEnded') return holdBackEnded(state, path);
  return {
    ...state,
    interactions: replaceAt(state.interactions, path, (node) =>
      isKnown(node) ? changed(node, event) : node,
    ),
  };
};
