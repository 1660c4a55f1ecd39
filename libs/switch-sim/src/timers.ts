import { answer } from './calls/answer.ts';
import { endCall } from './calls/end-call.ts';
import { BUSY, failedAs, failInvited } from './calls/fail-invited.ts';
import { isOutside, type OutsideMember } from './calls/members.ts';
import { outsideLeaves } from './calls/outside.ts';
import { letTransferorGo } from './calls/transferor.ts';
import { type Avoided, type Call, type Member, type PlanAction, type SwitchState } from './model.ts';
import { offerQueued } from './queue.ts';
import { inOrder, repeatedly, say, sequence, type Step } from './steps.ts';
import { type Arrival } from './switch-input.ts';

interface Due {
  readonly at: number;
  readonly step: Step;
}

const doneBy = (call: Call, member: OutsideMember, action: PlanAction, at: number): Step => {
  switch (action) {
    case 'ring':
      return sequence(
        letTransferorGo(call, member, at),
        say({ type: 'OutsideRings', call: call.id, number: member.number, at }),
      );
    case 'answer':
      return answer(call, member, at);
    case 'busy':
      return failInvited(call, member, at, BUSY);
    case 'fail':
      return failInvited(call, member, at, failedAs('invalid number'));
    case 'hang-up':
      return outsideLeaves(call, member, at);
  }
};

const dueOf = (call: Call): readonly Due[] => {
  const { aloneUntil } = call;
  const steps = call.members.filter(isOutside).flatMap((member): readonly Due[] => {
    const [next] = member.plan;
    if (next === undefined || member.dueAt === null) return [];
    return [{ at: member.dueAt, step: doneBy(call, member, next.action, member.dueAt) }];
  });
  if (aloneUntil === null) return steps;
  return [...steps, { at: aloneUntil, step: endCall(call.id, aloneUntil, 'no agent left') }];
};

const NEVER = Infinity;

const sooner = (one: number, other: number): number => (other < one ? other : one);

const earliest = <Item>(items: readonly Item[], timeOf: (item: Item) => number): number =>
  items.reduce((first, item) => sooner(first, timeOf(item)), NEVER);

const firstDueAt = ({ aloneUntil, members }: Call): number =>
  sooner(
    aloneUntil ?? NEVER,
    earliest(members, (member) => (isOutside(member) ? member.dueAt : null) ?? NEVER),
  );

const firstUntil = (avoid: readonly Avoided[], now: number): number =>
  earliest(avoid, ({ until }) => (until > now ? until : NEVER));

/**
 * When something happens by itself, ms since the epoch, seen from `now`; null when nothing is due. What was due
 * before is named too: a tick at that time or later makes it happen.
 */
export const nextTimerAt = ({ calls, contacts }: SwitchState, now: number): number | null => {
  const passedOver = (member: Member): number =>
    member.kind === 'queue' ? firstUntil(member.avoid, now) : NEVER;
  const first = Math.min(
    earliest(calls, firstDueAt),
    earliest(calls, ({ members }) => earliest(members, passedOver)),
    earliest(contacts, ({ status, avoid }) => (status === 'queued' ? firstUntil(avoid, now) : NEVER)),
  );
  return first === NEVER ? null : first;
};

const nextDue =
  (arrival: Arrival) =>
  (state: SwitchState): Step | null => {
    const at = earliest(state.calls, firstDueAt);
    if (at > arrival.at) return null;
    const call = state.calls.find((one) => firstDueAt(one) === at);
    const step = call && dueOf(call).find((due) => due.at === at)?.step;
    if (step === undefined) return null;
    return (before) => inOrder(before, step, offerQueued({ ...arrival, at }));
  };

/** Fires everything due at the time given, in the order of its time, then looks after the queue. */
export const fireDue =
  (arrival: Arrival): Step =>
  (state) =>
    inOrder(state, repeatedly(nextDue(arrival)), offerQueued(arrival));
