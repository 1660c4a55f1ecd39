import { becomesBusy } from '../agents/status.ts';
import { CAPACITY } from '../limits.ts';
import { newId, openCallWork, openWorks } from '../lookup.ts';
import {
  type Agent,
  type Call,
  type CallData,
  type Channel,
  type Invitation,
  type Leg,
  type Party,
  type QueuePlace,
  type SwitchState,
  type Work,
} from '../model.ts';
import { sequence, type Step } from '../steps.ts';
import { type Joining } from '../switch-event.ts';
import { type Arrival } from '../switch-input.ts';
import { asParty, joined } from './members.ts';

/** The channels of a type on which an agent can be given something now. */
export const freeChannels = (agent: Agent, type: string): readonly Channel[] => {
  if (!agent.loggedIn || (type === 'TELEPHONY' && openCallWork(agent) !== undefined)) return [];
  return Object.values(agent.channels).filter(
    (channel) =>
      channel.type === type &&
      channel.active &&
      openWorks(agent, channel.endPoint).length < (CAPACITY[type] ?? 0),
  );
};

/** A piece of work in its first moment. */
export const newWork = (
  given: Pick<Work, 'id' | 'agent' | 'channel' | 'type' | 'direction' | 'data'> & Partial<Work>,
): Work => ({
  state: given.direction === 'inbound' ? 'ALERTING' : 'DIALING',
  accepted: false,
  disposition: null,
  script: false,
  contact: null,
  primary: null,
  consult: null,
  active: 'primary',
  ...given,
});

/** The first moment of a leg. */
export const newLeg = (given: Pick<Leg, 'id' | 'call' | 'direction' | 'parties'>): Leg => ({
  ...given,
  media: given.direction === 'inbound' ? 'RINGING' : 'DIALING',
});

export interface Offer {
  readonly agent: Agent;
  readonly channel: Channel;
  readonly call: string;
  readonly direction: Leg['direction'];
  readonly parties: readonly Party[];
  readonly data: CallData;
  readonly joining: Joining | null;
}

/** Makes an agent's side of a call: the channel becomes busy, the work appears, the phone rings or dials. */
export const offerCall = (offer: Offer, { at, seed }: Arrival): Step => {
  const { agent, channel, call, direction, parties, data, joining } = offer;
  const untilIn = ({ patience }: SwitchState): number | null => {
    if (direction === 'outbound') return null;
    return at + (joining?.queue ? patience.queueCallMs : patience.directMs);
  };
  return sequence(becomesBusy(agent.id, channel.endPoint, at), (state) => {
    const id = newId(state, seed);
    const primary = newLeg({ id, call, direction, parties });
    const of = { agent: agent.id, channel: channel.endPoint };
    const offered = newWork({ id, ...of, type: channel.type, direction, data, primary });
    const ref = { ...of, work: id };
    return [
      { type: 'WorkOffered', ...ref, offered, joining, until: untilIn(state) },
      { type: direction === 'inbound' ? 'LegRinging' : 'LegDialing', ...ref, call, leg: id },
    ];
  });
};

interface Ringing {
  readonly agent: Agent;
  readonly channel: Channel;
  readonly invited: Invitation;
  readonly queue?: QueuePlace | undefined;
  /** The number of who leaves the call now. */
  readonly leaving?: string | undefined;
}

/** Rings an agent who is wanted on a call. */
export const ringAgent = (call: Call, ringing: Ringing, arrival: Arrival): Step => {
  const { agent, channel, invited, queue, leaving } = ringing;
  const parties = joined(call)
    .filter(({ number }) => number !== leaving)
    .map(asParty);
  const data = {
    ...call.data,
    ANI: parties[0]?.number ?? call.from.number,
    DNIS: queue?.number ?? agent.id,
    ...(queue === undefined ? {} : { QUEUE: queue.number }),
  };
  const joining = { invited, queue: queue ?? null };
  return offerCall({ agent, channel, call: call.id, direction: 'inbound', parties, data, joining }, arrival);
};
