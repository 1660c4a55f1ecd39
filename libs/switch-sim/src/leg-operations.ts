import { ok, type Result } from '@cordboard/kernel';
import { answerCall } from './answer-call.ts';
import { asFailed, endCall, endLeg, plainly, refOf } from './end-call.ts';
import { AVOID_MS } from './limits.ts';
import { callOf, findLoggedIn, legOf, reject } from './lookup.ts';
import { type Leg, type LegMedia, type SwitchState } from './model.ts';
import { offerQueued } from './queue.ts';
import { inOrder, statusEvent, type Step } from './steps.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type Arrival, type LegOperation, type SwitchRejection } from './switch-input.ts';
import { tones } from './tones.ts';

type Decision = Result<readonly SwitchEvent[], SwitchRejection>;

const wrong = (leg: Leg, what: string): Decision =>
  reject('wrong-state', `cannot ${what} a call that is ${leg.media.toLowerCase()}`);

const accept = (state: SwitchState, leg: Leg, { at }: Arrival): Decision => {
  const call = callOf(state, leg.call);
  if (leg.interaction === 'STARTED') return ok([]);
  if (leg.interaction !== 'ALERTING' || call === undefined) return wrong(leg, 'answer');
  return ok(answerCall(call, at)(state));
};

const turnDown = (state: SwitchState, leg: Leg, arrival: Arrival): Step => {
  const call = callOf(state, leg.call);
  if (call === undefined) return endLeg(leg, arrival.at);
  if (leg.interaction === 'DIALING') return endCall(call, arrival.at, 'cancelled');
  if (call.queue === null) return endCall(call, arrival.at, 'rejected', asFailed('the call was refused'));
  const requeued: SwitchEvent = {
    type: 'CallRequeued',
    call: call.id,
    agent: leg.agent,
    until: arrival.at + AVOID_MS,
  };
  return (before) => inOrder(before, endLeg(leg, arrival.at), () => [requeued]);
};

const hangUp = (state: SwitchState, leg: Leg, arrival: Arrival): Step => {
  if (leg.interaction !== 'STARTED') return turnDown(state, leg, arrival);
  const call = callOf(state, leg.call);
  return call === undefined ? endLeg(leg, arrival.at) : endCall(call, arrival.at, 'agent hung up', plainly);
};

const leave = (state: SwitchState, leg: Leg, arrival: Arrival, step: Step): Decision =>
  leg.media === 'RELEASED' ? ok([]) : ok(inOrder(state, step, offerQueued(arrival)));

const rejectCall = (state: SwitchState, leg: Leg, arrival: Arrival): Decision =>
  leg.interaction === 'STARTED'
    ? wrong(leg, 'reject')
    : leave(state, leg, arrival, turnDown(state, leg, arrival));

/** Puts the leg into a media state: nothing to do when it is there, refused from where the switch cannot. */
const setMedia = (
  leg: Leg,
  to: LegMedia,
  from: readonly LegMedia[],
  change: { readonly type: 'LegHeld' | 'LegTalking' | 'LegMuted'; readonly what: string },
): Decision => {
  if (leg.media === to) return ok([]);
  return from.includes(leg.media) ? ok([{ type: change.type, ...refOf(leg) }]) : wrong(leg, change.what);
};

const complete = (state: SwitchState, leg: Leg, arrival: Arrival): Decision => {
  const agent = state.agents[leg.agent];
  if (leg.interaction === 'COMPLETED') return ok([]);
  if (leg.interaction !== 'ENDED' || agent === undefined) return wrong(leg, 'complete');
  const done: SwitchEvent = { type: 'LegCompleted', ...refOf(leg) };
  return ok(inOrder(state, () => [done, statusEvent(agent, false, arrival.at)], offerQueued(arrival)));
};

/** Decides what an agent's operation on one leg leads to. */
export const decideLegOperation = (state: SwitchState, input: Arrival & LegOperation): Decision => {
  const found = findLoggedIn(state, input.agent);
  if (!found.ok) return found;
  const leg = legOf(state, input.agent, input.leg);
  if (leg === undefined) return reject('unknown', 'there is no such call at this phone');
  switch (input.kind) {
    case 'accept':
      return accept(state, leg, input);
    case 'reject':
      return rejectCall(state, leg, input);
    case 'release':
      return leave(state, leg, input, hangUp(state, leg, input));
    case 'hold':
      return setMedia(leg, 'HELD', ['TALKING', 'MUTE'], { type: 'LegHeld', what: 'hold' });
    case 'retrieve':
      return setMedia(leg, 'TALKING', ['HELD'], { type: 'LegTalking', what: 'retrieve' });
    case 'mute':
      return setMedia(leg, 'MUTE', ['TALKING'], { type: 'LegMuted', what: 'mute' });
    case 'unmute':
      return setMedia(leg, 'TALKING', ['MUTE'], { type: 'LegTalking', what: 'unmute' });
    case 'complete':
      return complete(state, leg, input);
    case 'send-tones':
      return leg.media === 'TALKING' || leg.media === 'MUTE'
        ? tones(leg.call, 'byAgents', input.digits)
        : wrong(leg, 'send tones on');
  }
};
