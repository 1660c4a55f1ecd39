import { agentOf, callOf } from '../lookup.ts';
import { type Agent, type Invitation, type Party } from '../model.ts';
import { say, type Step } from '../steps.ts';
import { type Arrival } from '../switch-input.ts';
import { type Destination } from './destination.ts';
import { BUSY, type Failure, failedAs } from './fail-invited.ts';
import { planOf, transferPlanOf } from './number-behaviour.ts';
import { outsideMember } from './plan.ts';
import { freeChannels, ringAgent } from './ring.ts';

export interface Wanted {
  readonly to: Destination;
  readonly invited: Invitation;
  /** The number of who leaves the call for it now. */
  readonly leaving?: string | undefined;
}

/** Why an agent cannot be rung now; null when one can. */
export const whyUnreachable = (agent: Agent): Failure | null => {
  if (freeChannels(agent, 'TELEPHONY').length > 0) return null;
  const phones = Object.values(agent.channels).filter(({ type, active }) => type === 'TELEPHONY' && active);
  return agent.loggedIn && phones.length > 0 ? BUSY : failedAs('extension not reachable');
};

const place = (party: Party, invited: Invitation, since: number) =>
  ({ kind: 'queue', ...party, invited, avoid: [], since }) as const;

/** Rings whoever is wanted on a call; a queue looks for somebody later. */
export const reach =
  (id: string, { to, invited, leaving }: Wanted, arrival: Arrival): Step =>
  (state) => {
    const call = callOf(state, id);
    if (call === undefined) return [];
    if (to.kind === 'queue')
      return say({ type: 'MemberInvited', call: id, member: place(to.party, invited, arrival.at) })(state);
    if (to.kind === 'outside') {
      const plan = invited.to === 'transfer' ? transferPlanOf(to.party.number) : planOf(to.party.number);
      const member = outsideMember({ ...to.party, invited }, plan, arrival.at);
      return [{ type: 'MemberInvited', call: id, member }];
    }
    const agent = agentOf(state, to.agent.id);
    const channel = agent && freeChannels(agent, 'TELEPHONY')[0];
    if (agent === undefined || channel === undefined) return [];
    return ringAgent(call, { agent, channel, invited, leaving }, arrival)(state);
  };
