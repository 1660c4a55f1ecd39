import { isConnected } from '../conversation/conversation.ts';
import { mergedData } from '../interaction/attached-data.ts';
import { type InteractionReading, isLeaving, type KnownInteraction } from '../interaction/interaction.ts';
import { plannedIn } from '../interaction/interaction-state.ts';
import {
  changeData,
  completeInteraction,
  endInteraction,
  offerInteraction,
  startInteraction,
  tellInteraction,
} from '../interaction/interaction-steps.ts';
import { legsOf, liveLeg } from '../interaction/legs.ts';
import { knownInteraction } from '../objects.ts';
import { childrenOf } from '../placed.ts';
import { type Draft } from '../session/draft.ts';
import { type SessionState } from '../session/session-state.ts';
import { tearDownInteraction } from '../session/tear-down.ts';
import { type Joined } from '../session-event.ts';
import { type ConversationRole, type InteractionState } from '../values.ts';
import { compareConversation } from './compare-conversation.ts';
import { isGone, newAmong, readingAt, recordDifferences, recordGone, type Survey } from './survey.ts';

type Merged = ReturnType<typeof mergedData>;

/** Everything that the switch has attached, and nothing that it has not. */
const dataFound = ({ data }: KnownInteraction, { data: found }: InteractionReading): Merged => {
  const dropped = Object.keys(data).filter((key) => !Object.hasOwn(found, key));
  return mergedData(data, { ...Object.fromEntries(dropped.map((key) => [key, null])), ...found });
};

/** A call with a first leg that is connected is the agent's, whatever else is said of it (bridge D.3). */
const stateFound = (survey: Survey, path: string, { state }: InteractionReading): InteractionState => {
  const first = liveLeg(survey.draft.state(), path, 'primary');
  if (first === undefined || isGone(survey, first.path)) return state;
  const found = readingAt(survey, first.path, 'conversation')?.state ?? first.state;
  return (state === 'ALERTING' || state === 'DIALING') && isConnected(found) ? 'STARTED' : state;
};

const OTHER = { primary: 'consult', consult: 'primary' } as const;

/** Legs that nobody knew of; a call has one in each role, and those that stay keep theirs. */
const legsFound = (
  survey: Survey,
  { path, type, planned }: KnownInteraction,
  reading: InteractionReading,
): readonly (Joined & { readonly role: ConversationRole })[] => {
  const legs = childrenOf(survey.draft.state().conversations, path);
  const stay = [...legs.filter((leg) => !isGone(survey, leg.path)), ...planned];
  const taken = new Set(stay.map(({ role }) => role));
  return newAmong(plannedIn(type, reading), [...legs, ...planned])
    .slice(0, Math.max(0, 2 - stay.length))
    .map(({ nativeId, role }) => ({ nativeId, role: taken.has(role) ? OTHER[role] : role }));
};

/** What the legs have not brought about already. */
const advanceTo = (draft: Draft, path: string, state: InteractionState): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined || interaction.state === state) return;
  switch (state) {
    case 'ALERTING':
    case 'DIALING':
      return offerInteraction(draft, path, state);
    case 'STARTED':
      return startInteraction(draft, path);
    case 'ENDED':
      return endInteraction(draft, path);
    case 'COMPLETED':
      return completeInteraction(draft, path);
  }
};

const follow = (survey: Survey, interaction: KnownInteraction, reading: InteractionReading): void => {
  const { draft } = survey;
  const { path, target, state } = interaction;
  const found = stateFound(survey, path, reading);
  const merged = dataFound(interaction, reading);
  const joined = legsFound(survey, interaction, reading);
  recordDifferences(
    survey,
    target,
    [
      ['state', state, found],
      ['changedData', 0, merged.changed.length],
    ],
    joined,
  );
  if (merged.changed.length > 0) changeData(draft, interaction, merged);
  legsOf(draft.state(), path).forEach((leg) => compareConversation(survey, leg.path));
  advanceTo(draft, path, found);
  // A leg that is on its way decides already what can be done with the call.
  if (joined.length > 0) tellInteraction(draft, path);
};

const mayBeCompared = (state: SessionState, path: string): KnownInteraction | undefined => {
  const interaction = knownInteraction(state, path);
  return interaction === undefined || isLeaving(interaction, legsOf(state, path)) ? undefined : interaction;
};

/** Compares an interaction and its legs; the legs tell first, as when something happens to them (bridge D.5). */
export const compareInteraction = (survey: Survey, path: string): void => {
  const { draft } = survey;
  const interaction = mayBeCompared(draft.state(), path);
  if (interaction === undefined) return;
  if (isGone(survey, path)) {
    recordGone(survey, interaction.target, { state: interaction.state });
    return tearDownInteraction(draft, path);
  }
  const reading = readingAt(survey, path, 'interaction');
  if (reading !== null) return follow(survey, interaction, reading);
  legsOf(draft.state(), path).forEach((leg) => compareConversation(survey, leg.path));
};
