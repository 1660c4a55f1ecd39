import { answer } from './calls/answer.ts';
import { endCall } from './calls/end-call.ts';
import { BUSY, failedAs, failInvited } from './calls/fail-invited.ts';
import { type OutsideMember } from './calls/members.ts';
import { noAnswer } from './calls/no-answer.ts';
import { outsideLeaves } from './calls/outside.ts';
import { letTransferorGo } from './calls/transferor.ts';
import { contactUnanswered } from './contacts/contacts.ts';
import { placeIn } from './lists/sorted.ts';
import { callOf, contactOf } from './lookup.ts';
import { type Call, type Due, type Member, type PlanAction, type SwitchState } from './model.ts';
import { offerQueued } from './queue.ts';
import { inOrder, repeatedly, say, sequence, type Step } from './steps.ts';
import { type Arrival } from './switch-input.ts';

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

const memberStep = (call: Call, member: Member, at: number): Step | null => {
  if (member.kind === 'agent') return member.until === at ? noAnswer(call, member, at) : null;
  if (member.kind === 'queue' || member.dueAt !== at) return null;
  const [next] = member.plan;
  return next === undefined ? null : doneBy(call, member, next.action, at);
};

const callStep = (call: Call, at: number): Step | null => {
  const [first] = call.members.flatMap((member) => memberStep(call, member, at) ?? []);
  return first ?? (call.aloneUntil === at ? endCall(call.id, at, 'no agent left') : null);
};

const stepOf = (state: SwitchState, { id, at }: Due): Step | null => {
  const call = callOf(state, id);
  if (call !== undefined) return callStep(call, at);
  const contact = contactOf(state, id);
  return contact === undefined ? null : contactUnanswered(contact, at);
};

/**
 * When something happens by itself, ms since the epoch, seen from `now`; null when nothing is due. What was due
 * before is named too: a tick at that time or later makes it happen.
 */
export const nextTimerAt = ({ lists }: SwitchState, now: number): number | null => {
  const again = lists.askedAgain[placeIn(lists.askedAgain, ({ at }) => at <= now)];
  const first = Math.min(lists.due[0]?.at ?? Infinity, again?.at ?? Infinity);
  return first === Infinity ? null : first;
};

const nextDue =
  (arrival: Arrival) =>
  (state: SwitchState): Step | null => {
    const [due] = state.lists.due;
    if (due === undefined || due.at > arrival.at) return null;
    const step = stepOf(state, due);
    if (step === null) return null;
    return (before) => inOrder(before, step, offerQueued({ ...arrival, at: due.at }));
  };

/** Fires everything due at the time given, in the order of its time, then looks after the queue. */
export const fireDue =
  (arrival: Arrival): Step =>
  (state) =>
    inOrder(state, repeatedly(nextDue(arrival)), offerQueued(arrival));
