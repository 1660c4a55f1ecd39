import { isReachable } from './lookup.ts';
import { type Agent, type Call, type SwitchState } from './model.ts';
import { ringAgent } from './offer-leg.ts';
import { repeatedly, type Step } from './steps.ts';
import { type Arrival } from './switch-input.ts';

const isPassedOver = (call: Call, agent: Agent, at: number): boolean =>
  call.avoid.some((item) => item.agent === agent.id && item.until > at);

const byIdleness = (one: Agent, other: Agent): number =>
  one.idleSince - other.idleSince || one.id.localeCompare(other.id);

const nextOffer =
  (arrival: Arrival) =>
  (state: SwitchState): Step | null => {
    const idle = Object.values(state.agents)
      .filter((agent) => agent.ready && isReachable(agent))
      .sort(byIdleness);
    if (idle.length === 0) return null;
    for (const call of Object.values(state.calls)) {
      if (call.status !== 'queued') continue;
      const agent = idle.find((candidate) => !isPassedOver(call, candidate, arrival.at));
      if (agent !== undefined) return ringAgent(call, agent, arrival);
    }
    return null;
  };

/** Offers waiting calls, oldest first, each to the agent who has waited longest, until none can be placed. */
export const offerQueued = (arrival: Arrival): Step => repeatedly(nextOffer(arrival));
