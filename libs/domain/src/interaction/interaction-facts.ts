import { mergedData } from './attached-data.ts';
import { consultOffered } from './interaction-answers.ts';
import { knownInteraction } from '../objects.ts';
import { type Draft } from '../session/draft.ts';
import { type SwitchFact } from '../switch-fact.ts';
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

const mergeData = (draft: Draft, interaction: KnownInteraction, changes: Changes): void => {
  const merged = mergedData(interaction.data, changes);
  if (merged.changed.length > 0) changeData(draft, interaction, merged);
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
