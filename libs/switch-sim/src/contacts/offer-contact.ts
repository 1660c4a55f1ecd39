import { becomesBusy } from '../agents/status.ts';
import { newWork } from '../calls/ring.ts';
import { newId } from '../lookup.ts';
import { type Agent, type Channel, type Contact } from '../model.ts';
import { sequence, type Step } from '../steps.ts';
import { type Arrival } from '../switch-input.ts';

const dataOf = ({ data, from, to }: Contact, agent: Agent) => ({
  ...data,
  FROM: from.number,
  ...(from.name === undefined ? {} : { NAME: from.name }),
  TO: to,
  ...(to === agent.id ? {} : { QUEUE: to }),
});

/** Shows an agent a chat, an e-mail or a wish to be called back. */
export const offerContact = (contact: Contact, agent: Agent, channel: Channel, { at, seed }: Arrival): Step =>
  sequence(becomesBusy(agent.id, channel.endPoint, at), (state) => {
    const id = newId(state, seed);
    const of = { agent: agent.id, channel: channel.endPoint };
    const data = dataOf(contact, agent);
    const offered = newWork({
      id,
      ...of,
      type: channel.type,
      direction: 'inbound',
      data,
      contact: contact.id,
    });
    const ref = { ...of, work: id };
    const { queueContactMs, directMs } = state.patience;
    const until = at + (contact.to === agent.id ? directMs : queueContactMs);
    return [
      { type: 'WorkOffered', ...ref, offered, joining: null, until },
      { type: 'WorkAlerting', ...ref },
    ];
  });
