import { ringAgent } from './calls/ring.ts';
import { offerContact } from './contacts/offer-contact.ts';
import { agentOf, callOf, channelOf, contactOf, levelOf, queueOf } from './lookup.ts';
import {
  type Agent,
  type Avoided,
  type Call,
  type Channel,
  type Contact,
  type Idle,
  type QueuePlace,
  type SwitchState,
} from './model.ts';
import { freeChannels } from './calls/ring.ts';
import { repeatedly, type Step } from './steps.ts';
import { type Arrival } from './switch-input.ts';

interface Candidate {
  readonly agent: Agent;
  readonly channel: Channel;
}

/** Who may be given what waits in a queue, in the order in which they are asked. */
type Suitable = (queue: string, type: string) => readonly Idle[];

const suitableFor = (state: SwitchState, number: string, type: string): readonly Idle[] => {
  const idle = state.lists.idle[type] ?? [];
  const queue = queueOf(state, number);
  const skill = queue?.skill ?? null;
  if (skill === null) return idle;
  const levelAt = ({ agent: id }: Idle): number => {
    const agent = agentOf(state, id);
    return agent === undefined ? 0 : levelOf(agent, skill);
  };
  const skilled = idle.filter((one) => levelAt(one) > 0);
  return queue?.bestFirst === true
    ? skilled.toSorted((one, other) => levelAt(other) - levelAt(one))
    : skilled;
};

/** The same, looked up once for each queue and type. */
const remembering = (state: SwitchState): Suitable => {
  const known = new Map<string, readonly Idle[]>();
  return (queue, type) => {
    const key = `${queue} ${type}`;
    const found = known.get(key) ?? suitableFor(state, queue, type);
    known.set(key, found);
    return found;
  };
};

const isPassedOver = (avoid: readonly Avoided[], agent: string, at: number): boolean =>
  avoid.some((item) => item.agent === agent && item.until > at);

const candidate = (state: SwitchState, idle: Idle | undefined): Candidate | undefined => {
  const agent = idle && agentOf(state, idle.agent);
  const channel = idle && agent && channelOf(agent, idle.channel);
  return agent && channel && { agent, channel };
};

const placeIn = (call: Call | undefined, queue: string): QueuePlace | undefined =>
  call?.members.find((member): member is QueuePlace => member.kind === 'queue' && member.number === queue);

const nextCall = (state: SwitchState, arrival: Arrival): Step | null => {
  if ((state.lists.idle.TELEPHONY ?? []).length === 0) return null;
  const suitable = remembering(state);
  for (const { call: id, queue } of state.lists.calls) {
    const idle = suitable(queue, 'TELEPHONY');
    const call = idle.length > 0 ? callOf(state, id) : undefined;
    const place = placeIn(call, queue);
    if (call === undefined || place === undefined) continue;
    const isAskable = ({ agent }: Idle): boolean =>
      !isPassedOver(place.avoid, agent, arrival.at) && !call.members.some(({ number }) => number === agent);
    const found = candidate(state, idle.find(isAskable));
    if (found !== undefined)
      return ringAgent(call, { ...found, invited: place.invited, queue: place }, arrival);
  }
  return null;
};

const takerOf = (
  state: SwitchState,
  contact: Contact,
  suitable: Suitable,
  at: number,
): Candidate | undefined => {
  const agent = agentOf(state, contact.to);
  if (agent === undefined) {
    const idle = suitable(contact.to, contact.type);
    return candidate(
      state,
      idle.find((one) => !isPassedOver(contact.avoid, one.agent, at)),
    );
  }
  const channel = freeChannels(agent, contact.type)[0];
  return channel && { agent, channel };
};

const nextContact = (state: SwitchState, arrival: Arrival): Step | null => {
  const suitable = remembering(state);
  for (const { contact: id } of state.lists.contacts) {
    const contact = contactOf(state, id);
    const taker = contact && takerOf(state, contact, suitable, arrival.at);
    if (taker !== undefined && contact !== undefined)
      return offerContact(contact, taker.agent, taker.channel, arrival);
  }
  return null;
};

/**
 * Offers what waits, oldest first, until nothing can be placed:
 *
 * | what waits | who is asked, one after the other |
 * | --- | --- |
 * | in a queue without a skill | who has least to do on the channel, then who is ready longest without work |
 * | in a queue with a skill | the same, among those who have the skill at any level |
 * | in one that wants the best first | the highest level, then as above |
 * | for one agent | that agent, once a channel of the type is active and has room |
 *
 * Who turned it down is passed over for a while; who did not answer is no longer ready (`calls/no-answer.ts`).
 */
export const offerQueued = (arrival: Arrival): Step =>
  repeatedly((state) => nextCall(state, arrival) ?? nextContact(state, arrival));
