import { isReachable, liveCalls } from './lookup.ts';
import { type Agent, type Call, type SwitchState } from './model.ts';
import { ringAgent } from './offer-leg.ts';
import { inOrder, type Step } from './steps.ts';
import { type Arrival } from './switch-input.ts';

const isPassedOver = (call: Call, agent: Agent, at: number): boolean =>
  call.avoid.some((item) => item.agent === agent.id && item.until > at);

const byIdleness = (one: Agent, other: Agent): number =>
  one.idleSince - other.idleSince || one.id.localeCompare(other.id);

const longestIdle = (state: SwitchState, call: Call, at: number): Agent | undefined =>
  Object.values(state.agents)
    .filter((agent) => agent.ready && isReachable(agent) && !isPassedOver(call, agent, at))
    .sort(byIdleness)[0];

const offerFirst =
  (arrival: Arrival): Step =>
  (state) => {
    for (const call of liveCalls(state)) {
      if (call.status !== 'queued') continue;
      const agent = longestIdle(state, call, arrival.at);
      if (agent !== undefined) return ringAgent(call, agent, arrival)(state);
    }
    return [];
  };

/** Offers waiting calls, oldest first, each to the agent who has waited longest, until none can be placed. */
export const offerQueued =
  (arrival: Arrival): Step =>
  (state) => {
    const offer = offerFirst(arrival);
    const rounds = Object.keys(state.agents).length;
    return inOrder(state, ...Array.from({ length: rounds }, () => offer));
  };
