import { ok } from '@cordboard/kernel';
import { callOf, type Decision, liveCalls, reject } from '../lookup.ts';
import { type Call, type SwitchState } from '../model.ts';
import { offerQueued } from '../queue.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { type Arrival, type OutsideOperation } from '../switch-input.ts';
import { answer } from './answer.ts';
import { endCall, leave } from './end-call.ts';
import { failedAs, failInvited } from './fail-invited.ts';
import { isInvited, isOutside, type OutsideMember, statusOf } from './members.ts';
import { tones } from './tones.ts';

/** What outside parties do on a call that exists. */
export type OnCall = Arrival &
  Extract<
    OutsideOperation,
    { readonly kind: 'outside-answers' | 'outside-hangs-up' | 'outside-sends-tones' }
  >;

const hangUpReason = (call: Call): string =>
  statusOf(call) === 'talking' ? 'outside party hung up' : 'abandoned';

/** An outside party leaves, or refuses the call that rings there. */
export const outsideLeaves = (call: Call, member: OutsideMember, at: number): Step =>
  isInvited(member)
    ? failInvited(call, member, at, failedAs('the call was refused', 'refused'))
    : leave(call, member, at, hangUpReason(call));

/** Ends all calls and forgets them. */
export const clearCalls = (state: SwitchState, arrival: Arrival): Decision =>
  ok(
    inOrder(
      state,
      ...liveCalls(state).map(({ id }) => endCall(id, arrival.at, 'cleared')),
      say({ type: 'CallsCleared' }),
      offerQueued(arrival),
    ),
  );

const outsideAt = (call: Call, number: string | undefined): readonly OutsideMember[] =>
  call.members.filter(isOutside).filter((member) => number === undefined || member.number === number);

/** Decides what an outside party leads to; without a number it is the first whom it can concern. */
export const decideOnCall = (state: SwitchState, input: OnCall): Decision => {
  const call = callOf(state, input.call);
  if (call === undefined) return reject('unknown', `there is no call ${input.call}`);
  if (call.endedAt !== null) return reject('wrong-state', 'the call has ended');
  const parties = outsideAt(call, 'number' in input ? input.number : undefined);
  const [first] = parties;
  if (first === undefined) return reject('wrong-state', 'the call has no such outside party');
  switch (input.kind) {
    case 'outside-answers': {
      const rung = parties.find(isInvited);
      return rung === undefined
        ? reject('wrong-state', 'the outside party is not being rung')
        : ok(inOrder(state, answer(call, rung, input.at), offerQueued(input)));
    }
    case 'outside-hangs-up':
      return ok(inOrder(state, outsideLeaves(call, first, input.at), offerQueued(input)));
    case 'outside-sends-tones':
      return statusOf(call) === 'talking'
        ? tones(call.id, 'byOutside', input.digits)
        : reject('wrong-state', 'nobody is on the call yet');
  }
};
