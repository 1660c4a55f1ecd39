import { ok, type Result } from '@cordboard/kernel';
import { asBusy, asFailed, endCall } from './end-call.ts';
import { MAX_LIVE_CALLS } from './limits.ts';
import { agentOf, callOf, isReachable, liveCalls, newId, openLeg, reject } from './lookup.ts';
import { type Agent, type Call, type SwitchState } from './model.ts';
import { newCall } from './new-call.ts';
import { behaviourOf } from './number-behaviour.ts';
import { offerLeg, partyOf, ringAgent } from './offer-leg.ts';
import { inOrder, type Step } from './steps.ts';
import { type SwitchEvent } from './switch-event.ts';
import { type Arrival, type SwitchRejection } from './switch-input.ts';

type Dial = Arrival & { readonly destination: string };

const NUMBER = /^\+?[0-9*#]{1,32}$/;

const toOutside = (base: Call, { at, destination }: Dial): Call => {
  const { first, talkMs } = behaviourOf(destination);
  const timer = first === null ? null : { at: at + first.afterMs, action: first.action };
  return { ...base, outside: 'called', timer, talkMs };
};

/** Rings the colleague, or tells the caller why not. */
const reachColleague =
  (id: string, input: Dial): Step =>
  (state) => {
    const call = callOf(state, id);
    if (call === undefined) return [];
    const colleague = agentOf(state, input.destination);
    if (colleague === undefined)
      return endCall(call, input.at, 'failed', asFailed('the queue takes outside calls only'))(state);
    if (isReachable(colleague)) return ringAgent(call, colleague, input)(state);
    if (!colleague.loggedIn || !colleague.active) {
      return endCall(call, input.at, 'failed', asFailed('extension not reachable'))(state);
    }
    return endCall(call, input.at, 'busy', asBusy)(state);
  };

/** An agent calls an outside number or a colleague's extension. */
export const dial = (
  state: SwitchState,
  agent: Agent,
  input: Dial,
): Result<readonly SwitchEvent[], SwitchRejection> => {
  const { at, seed, destination } = input;
  if (!agent.active) return reject('wrong-state', `the phone of agent ${agent.id} is not active`);
  if (openLeg(agent) !== undefined)
    return reject('wrong-state', `agent ${agent.id} has an interaction already`);
  if (!NUMBER.test(destination)) return reject('invalid', `${destination.slice(0, 40)} is not a number`);
  if (liveCalls(state).length >= MAX_LIVE_CALLS) return reject('limit', 'the switch has no free line');
  const id = newId(state, seed);
  const inside = destination === state.queue || agentOf(state, destination) !== undefined;
  const base = newCall({
    id,
    from: partyOf(agent),
    to: destination,
    outside: null,
    queue: null,
    status: 'dialing',
    placedAt: at,
  });
  const placed = inside ? base : toOutside(base, input);
  const colleague = agentOf(state, destination);
  const party = colleague === undefined ? { number: destination } : partyOf(colleague);
  const data = { ANI: agent.id, DNIS: destination };
  return ok(
    inOrder(
      state,
      () => [{ type: 'CallPlaced', call: id, placed }],
      offerLeg({ id }, agent, { direction: 'outbound', party, data }, input),
      inside ? reachColleague(id, input) : () => [],
    ),
  );
};
