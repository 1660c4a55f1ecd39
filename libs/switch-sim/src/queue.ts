import { freeChannels, ringAgent } from './calls/ring.ts';
import { offerContact } from './contacts/offer-contact.ts';
import { agentOf, openWorks } from './lookup.ts';
import {
  type Agent,
  type Avoided,
  type Call,
  type Channel,
  type Contact,
  type QueuePlace,
  type SwitchState,
} from './model.ts';
import { repeatedly, type Step } from './steps.ts';
import { type Arrival } from './switch-input.ts';

interface Candidate {
  readonly agent: Agent;
  readonly channel: Channel;
}

const load = ({ agent, channel }: Candidate): number => openWorks(agent, channel.endPoint).length;

const byIdleness = (one: Candidate, other: Candidate): number =>
  load(one) - load(other) ||
  one.channel.idleSince - other.channel.idleSince ||
  one.agent.id.localeCompare(other.agent.id);

/** Who could be given something of this type, the one who has least to do and has waited longest first. */
const candidatesFor = (state: SwitchState, type: string): readonly Candidate[] =>
  Object.values(state.agents)
    .flatMap((agent) => freeChannels(agent, type).map((channel) => ({ agent, channel })))
    .filter(({ channel }) => channel.ready)
    .sort(byIdleness);

const isPassedOver = (avoid: readonly Avoided[], agent: string, at: number): boolean =>
  avoid.some((item) => item.agent === agent && item.until > at);

const offerPlace = (
  call: Call,
  place: QueuePlace,
  idle: readonly Candidate[],
  arrival: Arrival,
): Step | null => {
  const found = idle.find(
    ({ agent: { id } }) =>
      !isPassedOver(place.avoid, id, arrival.at) && !call.members.some(({ number }) => number === id),
  );
  if (found === undefined) return null;
  return ringAgent(call, { ...found, invited: place.invited, queue: place }, arrival);
};

const nextCall = (state: SwitchState, arrival: Arrival): Step | null => {
  const idle = candidatesFor(state, 'TELEPHONY');
  if (idle.length === 0) return null;
  for (const call of state.calls) {
    for (const member of call.members) {
      const step = member.kind === 'queue' ? offerPlace(call, member, idle, arrival) : null;
      if (step !== null) return step;
    }
  }
  return null;
};

const takerOf = (state: SwitchState, contact: Contact, at: number): Candidate | undefined => {
  const agent = agentOf(state, contact.to);
  if (agent === undefined) {
    return candidatesFor(state, contact.type).find((one) => !isPassedOver(contact.avoid, one.agent.id, at));
  }
  const channel = freeChannels(agent, contact.type)[0];
  return channel && { agent, channel };
};

const nextContact = (state: SwitchState, arrival: Arrival): Step | null => {
  for (const contact of state.contacts) {
    const taker = contact.status === 'queued' ? takerOf(state, contact, arrival.at) : undefined;
    if (taker !== undefined) return offerContact(contact, taker.agent, taker.channel, arrival);
  }
  return null;
};

/**
 * Offers what waits, oldest first, each to the agent who has waited longest, until nothing can be placed. A
 * contact for one agent waits until that agent's channel is active and has room.
 */
export const offerQueued = (arrival: Arrival): Step =>
  repeatedly((state) => nextCall(state, arrival) ?? nextContact(state, arrival));
