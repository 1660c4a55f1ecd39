import { newId } from './lookup.ts';
import { type Agent, type Call, type Leg, type Party } from './model.ts';
import { statusEvent, type Step } from './steps.ts';
import { type Arrival } from './switch-input.ts';

type Offer = Pick<Leg, 'direction' | 'party' | 'data'>;

/** Makes an agent's side of a call: the agent becomes busy, the interaction appears, the phone rings or dials. */
export const offerLeg =
  (call: Pick<Call, 'id'>, agent: Agent, offer: Offer, { at, seed }: Arrival): Step =>
  (state) => {
    const id = newId(state, seed);
    const inbound = offer.direction === 'inbound';
    const ref = { call: call.id, agent: agent.id, leg: id };
    const offered: Leg = {
      ...ref,
      id,
      ...offer,
      answered: false,
      interaction: inbound ? 'ALERTING' : 'DIALING',
      media: inbound ? 'RINGING' : 'DIALING',
    };
    return [
      statusEvent(agent, true, at),
      { type: 'LegOffered', ...ref, offered },
      { type: inbound ? 'LegRinging' : 'LegDialing', ...ref },
    ];
  };

/** Rings an agent for a call that came from outside or from a colleague. */
export const ringAgent = (call: Call, agent: Agent, arrival: Arrival): Step => {
  const data = {
    ...call.data,
    ANI: call.from.number,
    DNIS: call.to,
    ...(call.queue === null ? {} : { QUEUE: call.queue }),
  };
  return offerLeg(call, agent, { direction: 'inbound', party: call.from, data }, arrival);
};

export const partyOf = (agent: Agent): Party => ({ number: agent.id, name: agent.name });
