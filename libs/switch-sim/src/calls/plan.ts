import { type Member, type PlanStep } from '../model.ts';

type Outside = Extract<Member, { readonly kind: 'outside' }>;

const startingWith = (member: Outside, plan: readonly PlanStep[], at: number): Outside => ({
  ...member,
  plan,
  dueAt: plan[0] === undefined ? null : at + plan[0].afterMs,
});

/** The outside party took its next step at `at`. */
export const advance = (member: Outside, at: number): Outside =>
  startingWith(member, member.plan.slice(1), at);

/** The outside party answered, by itself or before its time: what it planned to do first is over. */
export const afterAnswer = (member: Outside, at: number): Outside => {
  const answer = member.plan.findIndex(({ action }) => action === 'answer');
  return startingWith(member, answer < 0 ? [] : member.plan.slice(answer + 1), at);
};

/** Somebody outside who is being reached, and what they will do. */
export const outsideMember = (
  party: Pick<Outside, 'number' | 'name' | 'invited'>,
  plan: readonly PlanStep[],
  at: number,
): Outside => startingWith({ kind: 'outside', ...party, plan, dueAt: null }, plan, at);
