import { ok } from '@cordboard/kernel';
import { AVOID_MS } from '../limits.ts';
import { callOf, type Decision, type Line, reject } from '../lookup.ts';
import { type Avoided, type Call, type SwitchState } from '../model.ts';
import { offerQueued } from '../queue.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { type SwitchEvent } from '../switch-event.ts';
import { type Arrival } from '../switch-input.ts';
import { endCall, endLeg, leave } from './end-call.ts';
import { failedAs, failInvited } from './fail-invited.ts';
import { type AgentMember, isAgent, joined, memberOf } from './members.ts';
import { wrongState } from './media.ts';

const memberAt = (call: Call, { leg }: Line): AgentMember | undefined =>
  call.members.filter(isAgent).find((member) => member.leg === leg.id);

/** Those who turned something down, without the ones who may be asked again. */
const avoiding = (avoid: readonly Avoided[], agent: string, at: number): readonly Avoided[] => [
  ...avoid.filter((item) => item.agent !== agent && item.until > at),
  { agent, until: at + AVOID_MS },
];

const backToQueue = (call: Call, member: AgentMember, at: number): SwitchEvent | null =>
  member.queue === null
    ? null
    : {
        type: 'CallRequeued',
        call: call.id,
        place: { ...member.queue, avoid: avoiding(member.queue.avoid, member.number, at) },
      };

/** An agent turns down a call that rings, or gives up one being dialled. */
const turnDown =
  (line: Line, at: number): Step =>
  (state) => {
    const call = callOf(state, line.leg.call);
    const member = call && memberAt(call, line);
    if (call === undefined || member === undefined) return endLeg(line, at)(state);
    if (line.leg.media === 'DIALING') return endCall(call.id, at, 'cancelled')(state);
    const requeued = backToQueue(call, member, at);
    return requeued === null
      ? failInvited(call, member, at, failedAs('the call was refused', 'rejected'))(state)
      : inOrder(state, endLeg(line, at), say(requeued));
  };

const hangUp =
  (line: Line, at: number): Step =>
  (state) => {
    const call = callOf(state, line.leg.call);
    const member = call && memberAt(call, line);
    if (call === undefined || member === undefined) return endLeg(line, at)(state);
    return leave(call, member, at, 'agent hung up')(state);
  };

const isPending = ({ leg }: Line): boolean => leg.media === 'RINGING' || leg.media === 'DIALING';

/** An agent leaves a call; the others of a conference stay. */
export const release = (state: SwitchState, line: Line, arrival: Arrival): Decision => {
  if (line.leg.media === 'RELEASED') return ok([]);
  const step = isPending(line) ? turnDown(line, arrival.at) : hangUp(line, arrival.at);
  return ok(inOrder(state, step, offerQueued(arrival)));
};

/** An agent turns down a ringing call; a caller who waits in a queue goes back there. */
export const rejectCall = (state: SwitchState, line: Line, arrival: Arrival): Decision =>
  isPending(line) || line.leg.media === 'RELEASED'
    ? release(state, line, arrival)
    : wrongState(line, 'reject');

/** An agent takes somebody else out of a conference. */
export const removeParty = (
  state: SwitchState,
  line: Line,
  { at, number }: Arrival & { readonly number: string },
): Decision => {
  const call = callOf(state, line.leg.call);
  const member = call && memberOf(call, number);
  if (call === undefined || member === undefined) return reject('unknown', `${number} is not on the call`);
  if (number === line.work.agent) return reject('invalid', 'release the call to leave it yourself');
  if (member.invited === null && joined(call).length < 3)
    return reject('wrong-state', 'the call is no conference: release it instead');
  return ok(inOrder(state, leave(call, member, at, 'removed by an agent')));
};
