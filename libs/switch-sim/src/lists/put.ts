import { MAX_ENDED } from '../limits.ts';
import { callOf, contactOf } from '../lookup.ts';
import {
  type Call,
  type Contact,
  type Due,
  type SwitchState,
  type WaitingCall,
  type WaitingContact,
} from '../model.ts';
import { byText, exchanged, type Order } from './sorted.ts';
import { withoutRow, withRow } from './table.ts';

const byAge: Order<{ readonly since: number; readonly no: number }> = (one, other) =>
  one.since - other.since || one.no - other.no;

const byPlace: Order<WaitingCall> = (one, other) => byAge(one, other) || byText(one.queue, other.queue);

const byTime: Order<Due> = (one, other) => one.at - other.at || one.no - other.no;

const placesOf = (call: Call | undefined) =>
  (call?.members ?? []).flatMap((member) => (member.kind === 'queue' ? [member] : []));

const waitingCallsOf = (call: Call | undefined): readonly WaitingCall[] =>
  call === undefined
    ? []
    : placesOf(call).map(({ number, since }) => ({ call: call.id, no: call.no, queue: number, since }));

const firstOf = (times: readonly (number | null)[]): number =>
  times.reduce<number>((first, time) => (time !== null && time < first ? time : first), Infinity);

/** When something happens to a call by itself; `Infinity` when nothing does. */
const callDueAt = ({ aloneUntil, members }: Call): number =>
  firstOf([
    aloneUntil,
    ...members.map((member) => {
      if (member.kind === 'outside') return member.dueAt;
      return member.kind === 'agent' ? member.until : null;
    }),
  ]);

const dueOf = (item: { readonly id: string; readonly no: number } | undefined, at: number): readonly Due[] =>
  item === undefined || at === Infinity ? [] : [{ at, no: item.no, id: item.id }];

const callDue = (call: Call | undefined): readonly Due[] =>
  call === undefined ? [] : dueOf(call, callDueAt(call));

const contactDue = (contact: Contact | undefined): readonly Due[] =>
  dueOf(contact, contact?.until ?? Infinity);

/** Several may be asked again at the same moment; one entry for each moment is enough. */
const againOf = (
  item: { readonly id: string; readonly no: number } | undefined,
  avoid: readonly { readonly until: number }[],
): readonly Due[] => [...new Set(avoid.map(({ until }) => until))].flatMap((until) => dueOf(item, until));

const callsAgain = (call: Call | undefined): readonly Due[] =>
  againOf(
    call,
    placesOf(call).flatMap(({ avoid }) => avoid),
  );

const contactsAgain = (contact: Contact | undefined): readonly Due[] =>
  againOf(contact, contact?.status === 'queued' ? contact.avoid : []);

const isLive = (item: { readonly endedAt: number | null } | undefined): boolean => item?.endedAt === null;

const difference = (
  before: { readonly endedAt: number | null } | undefined,
  now: { readonly endedAt: number | null },
): number => Number(isLive(now)) - Number(isLive(before));

/** Forgets the first to end when there are too many. */
const forgetting = (state: SwitchState, what: 'calls' | 'contacts'): SwitchState => {
  const { lists } = state;
  const [oldest, ...kept] = lists.ended[what];
  if (oldest === undefined || lists.ended[what].length <= MAX_ENDED) return state;
  const left = { ...state, lists: { ...lists, ended: { ...lists.ended, [what]: kept } } };
  return what === 'calls'
    ? { ...left, calls: withoutRow(state.calls, oldest) }
    : { ...left, contacts: withoutRow(state.contacts, oldest) };
};

const ending = (
  state: SwitchState,
  what: 'calls' | 'contacts',
  { id, by }: { readonly id: string; readonly by: number },
): SwitchState => {
  const { live, ended } = state.lists;
  const lists = {
    ...state.lists,
    live: { ...live, [what]: live[what] + by },
    ended: by < 0 ? { ...ended, [what]: [...ended[what], id] } : ended,
  };
  return by === 0 ? state : forgetting({ ...state, lists }, what);
};

/** The switch with this call as it is now. */
export const putCall = (state: SwitchState, call: Call): SwitchState => {
  const before = callOf(state, call.id);
  const { lists } = state;
  const put = {
    ...state,
    calls: withRow(state.calls, call),
    lists: {
      ...lists,
      calls: exchanged(lists.calls, waitingCallsOf(before), waitingCallsOf(call), byPlace),
      due: exchanged(lists.due, callDue(before), callDue(call), byTime),
      askedAgain: exchanged(lists.askedAgain, callsAgain(before), callsAgain(call), byTime),
    },
  };
  return ending(put, 'calls', { id: call.id, by: difference(before, call) });
};

const waitingContactsOf = (contact: Contact | undefined): readonly WaitingContact[] =>
  contact?.status === 'queued'
    ? [{ contact: contact.id, no: contact.no, to: contact.to, since: contact.placedAt }]
    : [];

/** The switch with this contact as it is now. */
export const putContact = (state: SwitchState, contact: Contact): SwitchState => {
  const before = contactOf(state, contact.id);
  const { lists } = state;
  const put = {
    ...state,
    contacts: withRow(state.contacts, contact),
    lists: {
      ...lists,
      contacts: exchanged(lists.contacts, waitingContactsOf(before), waitingContactsOf(contact), byAge),
      due: exchanged(lists.due, contactDue(before), contactDue(contact), byTime),
      askedAgain: exchanged(lists.askedAgain, contactsAgain(before), contactsAgain(contact), byTime),
    },
  };
  return ending(put, 'contacts', { id: contact.id, by: difference(before, contact) });
};
