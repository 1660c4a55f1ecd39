import { type PlanStep } from '../model.ts';

const ANSWER_AFTER_MS = 1_000;
const DECIDE_AFTER_MS = 500;
const SHORT_TALK_MS = 5_000;

const ring = { action: 'ring', afterMs: DECIDE_AFTER_MS } as const;
const answer = { action: 'answer', afterMs: ANSWER_AFTER_MS } as const;
const afterRing = { ...answer, afterMs: ANSWER_AFTER_MS - DECIDE_AFTER_MS };
const hangUp = { action: 'hang-up', afterMs: SHORT_TALK_MS } as const;

const lastFour = (number: string): string => number.slice(-4);

/** What an outside number does when it is called, by its last four digits; nothing: it rings for ever. */
export const planOf = (number: string): readonly PlanStep[] => {
  switch (lastFour(number)) {
    case '0101':
      return [{ action: 'busy', afterMs: DECIDE_AFTER_MS }];
    case '0102':
      return [];
    case '0103':
      return [{ action: 'fail', afterMs: DECIDE_AFTER_MS }];
    case '0104':
      return [answer, hangUp];
    default:
      return [answer];
  }
};

/** The same for a blind transfer, which is done once the number rings. */
export const transferPlanOf = (number: string): readonly PlanStep[] => {
  const plan = planOf(number);
  if (plan[0] === undefined) return [ring];
  return plan[0].action === 'answer' ? [ring, afterRing, ...plan.slice(1)] : plan;
};

/** Whether the network refuses the number outright. */
export const isRefused = (number: string): boolean => lastFour(number) === '0106';
/** Whether an agent must choose an outbound skill before calling the number. */
export const needsSkill = (number: string): boolean => lastFour(number) === '0105';
