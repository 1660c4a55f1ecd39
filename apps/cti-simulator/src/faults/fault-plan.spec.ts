import fc from 'fast-check';
import { beginning, type FaultPlan, type FaultRule, hitBy, type Passing } from './fault-plan.ts';

const HOLD = { on: 'answer', name: 'conversation.request.hold', session: 'S' } as const;

/** Which rule, by its place, hits each of these, one after the other. */
const hits = (plan: FaultPlan, passing: readonly Passing[]): readonly number[] => {
  let progress = beginning(plan);
  return passing.map((one) => {
    const hit = hitBy(plan, progress, one);
    progress = hit.progress;
    return hit.rule === null ? -1 : plan.rules.indexOf(hit.rule);
  });
};

const rule = (more: Partial<FaultRule>): FaultRule => ({ on: 'answer', name: '*', do: 'drop', ...more });
const planOf = (...rules: readonly FaultRule[]): FaultPlan => ({ seed: 7, rules });

describe('a rule', () => {
  it.each<readonly [string, Partial<FaultRule>, boolean]>([
    ['by its name', { name: HOLD.name }, true],
    ['by how it begins', { name: 'conversation.*' }, true],
    ['by everything', { name: '*' }, true],
    ['not by a part without the sign', { name: 'conversation' }, false],
    ['not an event for an answer', { on: 'event' }, false],
    ['in its session', { session: 'S' }, true],
    ['not in another one', { session: 'T' }, false],
    ['never with no chance', { chance: 0 }, false],
    ['always with all chances', { chance: 1 }, true],
  ])('hits %s', (_, more, isHit) => {
    expect(hits(planOf(rule(more)), [HOLD])).toEqual([isHit ? 0 : -1]);
  });

  it('hits as often as it counts, then the next one does', () => {
    expect(hits(planOf(rule({ count: 2 }), rule({ count: 1 })), [HOLD, HOLD, HOLD, HOLD])).toEqual([
      0, 0, 1, -1,
    ]);
  });

  it('for one session spares what is about none', () => {
    expect(hits(planOf(rule({ session: 'S' })), [{ ...HOLD, session: null }])).toEqual([-1]);
  });
});

describe('chance', () => {
  const many = Array.from({ length: 2_000 }, () => HOLD);

  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, chance) => {
        const plan = { seed, rules: [rule({ chance })] };
        const some = many.slice(0, 50);
        expect(hits(plan, some)).toEqual(hits(plan, some));
      }),
      { numRuns: 50 },
    );
  });

  it.each([0.1, 0.5, 0.9])('hits about as often as it says: %d', (chance) => {
    const count = hits(planOf(rule({ chance })), many).filter((hit) => hit === 0).length;
    expect(count / many.length).toBeGreaterThan(chance - 0.05);
    expect(count / many.length).toBeLessThan(chance + 0.05);
  });
});
