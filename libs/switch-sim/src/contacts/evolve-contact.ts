import { putContact } from '../lists/put.ts';
import { contactOf, workOf } from '../lookup.ts';
import { type Contact, type SwitchState } from '../model.ts';
import { type SwitchEvent } from '../switch-event.ts';

const changed = (contact: Contact, event: SwitchEvent): Contact => {
  switch (event.type) {
    case 'WorkOffered':
      return {
        ...contact,
        status: 'alerting',
        offered: { agent: event.agent, work: event.work },
        until: event.until,
      };
    case 'WorkStarted':
      return { ...contact, status: 'started', until: null };
    case 'ContactRequeued':
      return {
        ...contact,
        status: 'queued',
        offered: null,
        until: null,
        avoid: event.avoid === null ? contact.avoid : [...contact.avoid, event.avoid],
      };
    case 'ContactEnded':
      return {
        ...contact,
        status: 'ended',
        offered: null,
        until: null,
        endedAt: event.at,
        endReason: event.reason,
      };
    default:
      return contact;
  }
};

const contactIdOf = (state: SwitchState, event: SwitchEvent): string | null => {
  if ('contact' in event) return event.contact;
  if (event.type === 'WorkOffered') return event.offered.contact;
  if (event.type !== 'WorkStarted') return null;
  return workOf(state, event.agent, event.work)?.contact ?? null;
};

/** Folds an event into the contact that it concerns. */
export const evolveContact = (state: SwitchState, event: SwitchEvent): SwitchState => {
  if (event.type === 'ContactPlaced') {
    return { ...putContact(state, event.placed), idsMade: state.idsMade + 1 };
  }
  const id = contactIdOf(state, event);
  const contact = id === null ? undefined : contactOf(state, id);
  if (contact === undefined) return state;
  const next = changed(contact, event);
  return next === contact ? state : putContact(state, next);
};
