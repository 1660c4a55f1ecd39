import { agentOf, legOf } from './lookup.ts';
import { type Call, type Leg } from './model.ts';
import { inOrder, statusEvent, type Step } from './steps.ts';
import { type SwitchEvent } from './switch-event.ts';

export const refOf = (leg: Leg): { readonly call: string; readonly agent: string; readonly leg: string } => ({
  call: leg.call,
  agent: leg.agent,
  leg: leg.id,
});

/** How one leg learns that the call is over; `LegEnded` unless a dialled number was busy or failed. */
export type Ending = (leg: Leg) => SwitchEvent;

export const plainly: Ending = (leg) => ({ type: 'LegEnded', ...refOf(leg) });

/** Ends one leg; an unanswered inbound one leaves nothing to wrap up, so its agent is free at once. */
export const endLeg =
  (leg: Leg, at: number, ending: Ending = plainly): Step =>
  (state) => {
    const agent = agentOf(state, leg.agent);
    const over = ending(leg);
    const free = !leg.answered && leg.direction === 'inbound';
    return free && agent !== undefined ? [over, statusEvent(agent, false, at)] : [over];
  };

/** Ends a call and all its legs. */
export const endCall =
  (call: Call, at: number, reason: string, ending: Ending = plainly): Step =>
  (state) => {
    const legs = call.legs
      .map(({ agent, leg }) => legOf(state, agent, leg))
      .filter((leg) => leg !== undefined);
    return inOrder(state, ...legs.map((leg) => endLeg(leg, at, ending)), () => [
      { type: 'CallEnded', call: call.id, at, reason },
    ]);
  };

/** The caller's leg of a call that never came about says why; any other leg ends plainly. */
const callerHears =
  (ending: Ending): Ending =>
  (leg) =>
    leg.direction === 'outbound' ? ending(leg) : plainly(leg);

export const asBusy: Ending = callerHears((leg) => ({ type: 'LegBusy', ...refOf(leg) }));

export const asFailed = (reason: string): Ending =>
  callerHears((leg) => ({ type: 'LegFailed', ...refOf(leg), reason }));
