import { MAX_ENDED } from '../limits.ts';
import { contactOf } from '../lookup.ts';
import { type Contact, type SwitchState } from '../model.ts';
import { replaced } from '../replaced.ts';
import { type SwitchEvent } from '../switch-event.ts';

const changed = (contact: Contact, event: SwitchEvent): Contact => {
  switch (event.type) {
    case 'WorkOffered':
      return { ...contact, status: 'alerting', offered: { agent: event.agent, work: event.work } };
    case 'WorkStarted':
      return { ...contact, status: 'started' };
    case 'ContactRequeued':
      return {
        ...contact,
        status: 'queued',
        offered: null,
        avoid: [
          ...contact.avoid.filter(({ agent }) => agent !== event.agent),
          { agent: event.agent, until: event.until },
        ],
      };
    case 'ContactEnded':
      return { ...contact, status: 'ended', offered: null, endedAt: event.at, endReason: event.reason };
    default:
      return contact;
  }
};

const contactIdOf = (state: SwitchState, event: SwitchEvent): string | null => {
  if ('contact' in event) return event.contact;
  if (event.type === 'WorkOffered') return event.offered.contact;
  if (event.type !== 'WorkStarted') return null;
  return state.agents[event.agent]?.works.find(({ id }) => id === event.work)?.contact ?? null;
};

const forgetOldest = (contacts: SwitchState['contacts']): SwitchState['contacts'] => {
  const ended = contacts.filter(({ status }) => status === 'ended');
  const [oldest] = ended;
  if (ended.length <= MAX_ENDED || oldest === undefined) return contacts;
  return contacts.filter((contact) => contact !== oldest);
};

/** Folds an event into the contact that it concerns. */
export const evolveContact = (state: SwitchState, event: SwitchEvent): SwitchState => {
  if (event.type === 'ContactPlaced') {
    return { ...state, idsMade: state.idsMade + 1, contacts: [...state.contacts, event.placed] };
  }
  const id = contactIdOf(state, event);
  const contact = id === null ? undefined : contactOf(state, id);
  if (contact === undefined) return state;
  const next = changed(contact, event);
  if (next === contact) return state;
  const contacts = replaced(state.contacts, next);
  return { ...state, contacts: event.type === 'ContactEnded' ? forgetOldest(contacts) : contacts };
};
