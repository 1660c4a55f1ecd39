import { LIMITS } from '../limits.ts';
import { consultOffered } from './interaction-answers.ts';
import { knownInteraction } from '../objects.ts';
import { type Draft } from '../session/draft.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type InteractionData } from '../values.ts';
import { type KnownInteraction } from './interaction.ts';
import {
  changeData,
  completeInteraction,
  endInteraction,
  offerInteraction,
  startInteraction,
} from './interaction-steps.ts';
import { legsOf } from './legs.ts';

export type InteractionFact = Exclude<
  Extract<SwitchFact, { type: `Interaction${string}` | 'ConsultOffered' }>,
  { type: 'InteractionOffered' }
>;
type Changes = Extract<SwitchFact, { type: 'InteractionDataChanged' }>['changes'];
type Value = InteractionData[string];

const sameValue = (one: Value | undefined, other: Value): boolean =>
  typeof one !== 'object' || typeof other !== 'object'
    ? one === other
    : Object.keys(one).length === Object.keys(other).length &&
      Object.entries(other).every(([key, text]) => one[key] === text);

const mergeData = (draft: Draft, interaction: KnownInteraction, changes: Changes): void => {
  const { data } = interaction;
  const merged = new Map(Object.entries(data));
  const changed: string[] = [];
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) {
      if (merged.delete(key)) changed.push(key);
    } else if (!sameValue(merged.get(key), value) && (merged.has(key) || merged.size < LIMITS.dataKeys)) {
      merged.set(key, value);
      changed.push(key);
    }
  }
  if (changed.length === 0) return;
  changeData(draft, interaction, { interactionData: Object.fromEntries(merged), changed });
};

/** Follows what the switch says about an interaction that is all announced (bridge C.5). */
export const takeInteractionFact = (draft: Draft, path: string, fact: InteractionFact): void => {
  const interaction = knownInteraction(draft.state(), path);
  if (interaction?.stage !== 'LIVE' || interaction.state === 'COMPLETED') return;
  switch (fact.type) {
    case 'InteractionAlerting':
      // Calls alert by their first leg.
      return legsOf(draft.state(), path).length > 0 ? undefined : offerInteraction(draft, path, 'ALERTING');
    case 'InteractionStarted':
      return startInteraction(draft, path);
    case 'InteractionEnded':
      return endInteraction(draft, path);
    case 'InteractionCompleted':
      return completeInteraction(draft, path);
    case 'InteractionDataChanged':
      return mergeData(draft, interaction, fact.changes);
    case 'ConsultOffered':
      return consultOffered(draft, interaction, fact.nativeId);
  }
};
