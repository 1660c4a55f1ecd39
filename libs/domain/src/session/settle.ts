import { updateGroup } from '../channel-group/channel-group-steps.ts';
import { settleConversation } from '../conversation/conversation-steps.ts';
import { holdBackStep } from '../interaction/hold-back-steps.ts';
import { settleInteraction } from '../interaction/interaction-steps.ts';
import { afterCallWorkStep } from '../channel/after-call-work.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { absenceStep } from './absence.ts';
import { addressBookStep } from './address-book.ts';
import { type Draft } from './draft.ts';
import { logOutStep } from './log-out.ts';
import { setUpStep } from './set-up.ts';
import { startStep } from './start.ts';
import { sweepStep } from './sweep.ts';
import { takeFact } from './take-fact.ts';

type Step = (draft: Draft) => boolean;

const groupsStep: Step = (draft) =>
  draft.state().groups.some(({ stage, path }) => stage === 'LIVE' && updateGroup(draft, path));

const releasedFactStep: Step = (draft) => {
  const fact = draft.nextReleased();
  if (fact !== undefined) takeFact(draft, fact);
  return fact !== undefined;
};

const interactionsStep: Step = (draft) => {
  const { interactions, conversations } = draft.state();
  return (
    conversations.some(({ path }) => settleConversation(draft, path)) ||
    interactions.some(({ path }) => settleInteraction(draft, path))
  );
};

/** Steps that need nobody: they clear up after what is known. */
const OWN_STEPS: readonly Step[] = [groupsStep, releasedFactStep, holdBackStep, interactionsStep];

const STEPS: readonly Step[] = [
  groupsStep,
  releasedFactStep,
  holdBackStep,
  startStep,
  setUpStep,
  interactionsStep,
  afterCallWorkStep,
  sweepStep,
  addressBookStep,
  logOutStep,
  absenceStep,
];

/**
 * Takes every step that follows by itself from what was emitted, until nothing is left but to wait. While the
 * adapter is away, or is being compared with what is known, nothing new is begun.
 */
export const settle = (draft: Draft): void => {
  const steps = (): readonly Step[] => (isHeld(draft.state()) ? OWN_STEPS : STEPS);
  while (draft.state().phase !== 'CLOSED' && steps().some((step) => step(draft)));
};
