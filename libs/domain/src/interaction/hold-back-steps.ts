import { announceConversation, focusOn } from '../conversation/conversation-steps.ts';
import { HOLD_BACK_MS } from '../limits.ts';
import { knownInteraction } from '../objects.ts';
import { isKnown } from '../placed.ts';
import { type Draft } from '../session/draft.ts';
import { isHeldBack, isHoldBackOver } from './hold-back-state.ts';
import { type HoldBack, type KnownInteraction } from './interaction.ts';
import { legLost, tellInteraction } from './interaction-steps.ts';
import { legIn, liveLeg } from './legs.ts';

/** The switch has agreed to what was asked for: its events come in the order of the protocol (bridge A7-12). */
export const beginHoldBack = (draft: Draft, { target }: KnownInteraction, by: HoldBack['by']): void =>
  draft.emit('InteractionHoldBackBegan', target, { by, until: draft.at + HOLD_BACK_MS });

/** The leg that talks has the focus, which nobody has been told of while the legs were exchanged. */
const settleFocus = (draft: Draft, path: string): void => {
  const legs = (['primary', 'consult'] as const).map((role) => liveLeg(draft.state(), path, role));
  const [talking, other] = legs.filter((leg) => leg?.state === 'TALKING');
  if (other === undefined && talking !== undefined) focusOn(draft, path, talking.target.conversation ?? '');
};

/** Nothing waits any longer. */
const endHoldBack = (draft: Draft, { path, target, holdBack }: KnownInteraction): void => {
  draft.emit('InteractionHoldBackEnded', target, {});
  const state = draft.state();
  switch (holdBack?.by) {
    case 'consult':
      return legIn(state, path, 'consult') === undefined ? legLost(draft, path) : undefined;
    case 'alternate':
      return settleFocus(draft, path);
    default: {
      // One leg stays, and what was not said when the other one went has to be said now.
      const live = (['primary', 'consult'] as const).filter(
        (role) => liveLeg(state, path, role) !== undefined,
      );
      if (live.length === 1) tellInteraction(draft, path);
    }
  }
};

/** Lets through what waits on the calls of the session, where the end of the wait is `over`. */
export const endHoldBacks = (draft: Draft, over: (until: number) => boolean): void => {
  for (const node of draft.state().interactions) {
    const interaction = knownInteraction(draft.state(), node.path);
    const until = interaction?.holdBack?.until ?? null;
    if (interaction !== undefined && until !== null && over(until)) endHoldBack(draft, interaction);
  }
};

/** Lets through what has waited long enough. */
export const holdBacksElapsed = (draft: Draft): void => endHoldBacks(draft, (until) => until <= draft.at);

/** Lets through what waits for nothing any more; true when something was emitted. */
export const holdBackStep = (draft: Draft): boolean => {
  const state = draft.state();
  const over = state.interactions.find((node) => isKnown(node) && isHoldBackOver(state, node));
  if (over !== undefined && isKnown(over)) {
    endHoldBack(draft, over);
    return true;
  }
  const leg = state.conversations.find((node) => node.stage === 'READ' && !isHeldBack(state, node));
  if (leg !== undefined) announceConversation(draft, leg.path);
  return leg !== undefined;
};
