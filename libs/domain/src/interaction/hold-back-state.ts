import { type Conversation } from '../conversation/conversation.ts';
import { findAt, isKnown, replaceAt } from '../placed.ts';
import { type SessionState } from '../session/session-state.ts';
import { type HoldBack, type Interaction, type KnownInteraction } from './interaction.ts';
import { legIn, legsOf } from './legs.ts';

const change = (
  state: SessionState,
  path: string,
  next: (interaction: KnownInteraction) => HoldBack | null,
): SessionState => ({
  ...state,
  interactions: replaceAt(state.interactions, path, (node) =>
    isKnown(node) ? { ...node, holdBack: next(node) } : node,
  ),
});

const holds = (leg: Conversation): boolean =>
  isKnown(leg) && (leg.state === 'HELD' || leg.state === 'RELEASED');

const talks = (leg: Conversation): boolean => isKnown(leg) && leg.state === 'TALKING';

/** The legs of which the agent has to hear something, now that this is asked for. */
const awaited = (
  state: SessionState,
  { path, focus }: KnownInteraction,
  by: HoldBack['by'],
): readonly string[] => {
  const legs = legsOf(state, path);
  const primary = legs.filter(({ role }) => role === 'primary');
  switch (by) {
    case 'consult':
      return primary.filter((leg) => !holds(leg)).map((leg) => leg.path);
    case 'alternate': {
      // The active leg is the one that talked last; if that is unknown, the first one (bridge D.3).
      const active = legs.find(({ target }) => target.conversation === focus) ?? primary[0];
      return legs.filter((leg) => (leg === active ? !holds(leg) : !talks(leg))).map((leg) => leg.path);
    }
    case 'consult-transfer':
      return legs.map((leg) => leg.path);
  }
};

/** Something that touches both legs is asked for. */
export const holdBackWanted = (state: SessionState, path: string, by: HoldBack['by']): SessionState =>
  change(state, path, (node) => ({ by, until: null, legs: awaited(state, node, by) }));

/** The switch has agreed: from now on the second leg waits for the first. */
export const holdBackBegan = (
  state: SessionState,
  path: string,
  { by, until }: { readonly by: HoldBack['by']; readonly until: number },
): SessionState =>
  change(state, path, (node) => ({ by, until, legs: node.holdBack?.legs ?? awaited(state, node, by) }));

export const holdBackEnded = (state: SessionState, path: string): SessionState =>
  change(state, path, () => null);

/** The agent has heard of a leg; in a transfer only its end counts. */
export const entryOut = (
  state: SessionState,
  parent: string,
  leg: string,
  { gone }: { readonly gone: boolean },
): SessionState =>
  change(state, parent, ({ holdBack }) =>
    holdBack === null || (holdBack.by === 'consult-transfer' && !gone)
      ? holdBack
      : { ...holdBack, legs: holdBack.legs.filter((path) => path !== leg) },
  );

/** What the agent would hear of this leg comes after what is still to be said of the other (bridge A7-12). */
export const isHeldBack = (state: SessionState, { path, parent, role }: Conversation): boolean => {
  const interaction = findAt(state.interactions, parent);
  const holdBack = interaction !== undefined && isKnown(interaction) ? interaction.holdBack : null;
  if (role !== 'consult' || holdBack === null || holdBack.until === null) return false;
  return holdBack.legs.some((leg) => leg !== path);
};

/** The switch has agreed to this and not all of it is out yet. */
export const isUnderWay = (interaction: Interaction, ...by: readonly HoldBack['by'][]): boolean =>
  isKnown(interaction) &&
  interaction.holdBack !== null &&
  interaction.holdBack.until !== null &&
  by.includes(interaction.holdBack.by);

/** Nothing is left to wait for. */
export const isHoldBackOver = (state: SessionState, { path, holdBack }: KnownInteraction): boolean => {
  if (holdBack === null || holdBack.until === null || holdBack.legs.length > 0) return false;
  return holdBack.by !== 'consult' || legIn(state, path, 'consult') !== undefined;
};

/** When what waits on the calls of a session is let through at the latest, in ms since the epoch. */
export const holdBacksUntil = ({ interactions }: SessionState): readonly number[] =>
  interactions.flatMap((node) => (isKnown(node) ? (node.holdBack?.until ?? []) : []));
