import { ok } from '@cordboard/kernel';
import { wrongAddress } from '../calls/place-call.ts';
import { becomesFree, putAway } from '../agents/status.ts';
import { AVOID_MS, MAX_LIVE_CONTACTS, MAX_TEXT_LENGTH } from '../limits.ts';
import { agentOf, contactOf, type Decision, newId, reject, workOf, workRef } from '../lookup.ts';
import { type Contact, type SwitchState, type Work } from '../model.ts';
import { offerQueued } from '../queue.ts';
import { inOrder, say, type Step } from '../steps.ts';
import { type Arrival, type OutsideOperation } from '../switch-input.ts';

type Placing = Arrival & Extract<OutsideOperation, { readonly kind: 'place-contact' }>;

const TYPES = ['CHAT', 'EMAIL', 'CALLBACK'];

const refusal = (state: SwitchState, input: Placing): string | null => {
  if (!TYPES.includes(input.type)) return `type must be one of ${TYPES.join(', ')}`;
  const isSender = input.from !== '' && input.from.length <= MAX_TEXT_LENGTH;
  return isSender ? wrongAddress(state, input) : 'from must say who it comes from';
};

/** A customer writes, or asks to be called back. */
export const placeContact = (state: SwitchState, input: Placing): Decision => {
  const wrong = refusal(state, input);
  if (wrong !== null) return reject('invalid', wrong);
  if (state.lists.live.contacts >= MAX_LIVE_CONTACTS)
    return reject('limit', 'too many contacts wait: let some end first');
  const contact = newId(state, input.seed);
  const placed: Contact = {
    id: contact,
    no: state.idsMade,
    type: input.type,
    from: { number: input.from, name: input.name },
    to: input.to,
    data: input.data ?? {},
    status: 'queued',
    offered: null,
    until: null,
    avoid: [],
    placedAt: input.at,
    endedAt: null,
    endReason: null,
  };
  return ok(inOrder(state, say({ type: 'ContactPlaced', contact, placed }), offerQueued(input)));
};

const endWork =
  (work: Work, at: number): Step =>
  (state) =>
    inOrder(state, say({ type: 'WorkEnded', ...workRef(work) }), (now) =>
      workOf(now, work.agent, work.id)?.state === 'COMPLETED'
        ? becomesFree(work.agent, work.channel, at)(now)
        : [],
    );

/** The customer leaves, before or after an agent took the contact. */
export const customerLeaves = (state: SwitchState, id: string, arrival: Arrival): Decision => {
  const contact = contactOf(state, id);
  if (contact === undefined) return reject('unknown', `there is no contact ${id}`);
  if (contact.status === 'ended') return reject('wrong-state', 'the contact has ended');
  const work = contact.offered && workOf(state, contact.offered.agent, contact.offered.work);
  const reason = contact.status === 'started' ? 'customer left' : 'abandoned';
  return ok(
    inOrder(
      state,
      work === null || work === undefined ? say() : endWork(work, arrival.at),
      say({ type: 'ContactEnded', contact: id, at: arrival.at, reason }),
      offerQueued(arrival),
    ),
  );
};

const isForOne = (state: SwitchState, { to }: Contact): boolean => agentOf(state, to) !== undefined;

/** Nobody took a contact in time: it waits again at its old place, one for this agent alone is over. */
export const contactUnanswered =
  (contact: Contact, at: number): Step =>
  (state) => {
    const work = contact.offered && workOf(state, contact.offered.agent, contact.offered.work);
    if (work === null || work === undefined) return [];
    return isForOne(state, contact)
      ? inOrder(
          state,
          endWork(work, at),
          say({ type: 'ContactEnded', contact: contact.id, at, reason: 'no answer' }),
        )
      : inOrder(
          state,
          say({ type: 'WorkEnded', ...workRef(work) }),
          putAway(work.agent, work.channel, at),
          say({ type: 'ContactRequeued', contact: contact.id, avoid: null }),
        );
  };

/** An agent turns a contact down: the queue asks the next, a contact for this agent alone is over. */
export const rejectContact = (state: SwitchState, work: Work, arrival: Arrival): Decision => {
  const contact = work.contact === null ? undefined : contactOf(state, work.contact);
  if (work.state === 'COMPLETED') return ok([]);
  if (work.state !== 'ALERTING' || contact === undefined)
    return reject('wrong-state', 'it was accepted already: complete it instead');
  const { at } = arrival;
  const next = isForOne(state, contact)
    ? ({ type: 'ContactEnded', contact: contact.id, at, reason: 'rejected' } as const)
    : ({
        type: 'ContactRequeued',
        contact: contact.id,
        avoid: { agent: work.agent, until: at + AVOID_MS },
      } as const);
  return ok(inOrder(state, endWork(work, at), say(next), offerQueued(arrival)));
};
