import { answer } from './calls/answer.ts';
import { endCall } from './calls/end-call.ts';
import { BUSY, failedAs, failInvited } from './calls/fail-invited.ts';
import { isOutside, type OutsideMember } from './calls/members.ts';
import { outsideLeaves } from './calls/outside.ts';
import { letTransferorGo } from './calls/transferor.ts';
import { type Call, type PlanAction, type SwitchState } from './model.ts';
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

const timesOf = ({ aloneUntil, members }: Call): readonly number[] => [
  ...(aloneUntil === null ? [] : [aloneUntil]),
  ...members.flatMap((member) => (isOutside(member) && member.dueAt !== null ? [member.dueAt] : [])),
];

const untils = (state: SwitchState): readonly number[] =>
  [
    ...Object.values(state.calls).flatMap(({ members }) => members),
    ...Object.values(state.contacts).filter(({ status }) => status === 'queued'),
  ].flatMap((waiting) => ('avoid' in waiting ? waiting.avoid.map(({ until }) => until) : []));

/**
 * When something happens by itself, ms since the epoch, seen from `now`; null when nothing is due. What was due
 * before is named too: a tick at that time or later makes it happen.
 */
export const nextTimerAt = (state: SwitchState, now: number): number | null => {
  const times = [
    ...Object.values(state.calls).flatMap(timesOf),
    ...untils(state).filter((until) => until > now),
  ];
  return times.length === 0 ? null : times.reduce((first, at) => Math.min(first, at));
};

const nextDue =
  (arrival: Arrival) =>
  (state: SwitchState): Step | null => {
    let first: Due | null = null;
    for (const call of Object.values(state.calls)) {
      for (const due of dueOf(call)) {
        if (due.at <= arrival.at && (first === null || due.at < first.at)) first = due;
      }
    }
    const due = first;
    if (due === null) return null;
    return (before) => inOrder(before, due.step, offerQueued({ ...arrival, at: due.at }));
  };

/** Fires everything due at the time given, in the order of its time, then looks after the queue. */
export const fireDue =
  (arrival: Arrival): Step =>
  (state) =>
    inOrder(state, repeatedly(nextDue(arrival)), offerQueued(arrival));
