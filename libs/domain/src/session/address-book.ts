import { type Command } from '../command.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type SwitchAnswer } from '../switch-request.ts';
import { commandUnderWay, complete, isAsked, outcomeOf, SUCCESS } from './commands-under-way.ts';
import { ask, type Draft, sessionTarget } from './draft.ts';
import { type PendingCommand, type PendingRequest, type SessionState } from './session-state.ts';

type BookCommand = Extract<Command, { type: 'GetAddressBook' | 'StopAddressBook' }>;
type PendingBook = PendingCommand & { readonly command: BookCommand };

export const isAboutBook = (pending: PendingCommand): pending is PendingBook =>
  pending.command.type === 'GetAddressBook' || pending.command.type === 'StopAddressBook';

/** Whether the commands about the address book have to wait: for the one before them, or for the end of a logout. */
export const bookWaits = (state: SessionState): boolean =>
  state.phase === 'LOGGING_OUT' || isAsked(state, ['ReadAddressBook', 'StopAddressBook'], state.session);

/** A second reading does not end what was asked for before; a stop without anything to stop is done. */
const begin = (draft: Draft, { command, commandId }: PendingBook): void => {
  const { followsAddressBook } = draft.state();
  const { target } = command;
  if (command.type === 'GetAddressBook') {
    const realtime = command.realtime || followsAddressBook;
    ask(draft, { type: 'ReadAddressBook', target, realtime }, commandId);
  } else if (followsAddressBook) ask(draft, { type: 'StopAddressBook', target }, commandId);
  else complete(draft, commandId, SUCCESS);
};

/**
 * Takes the commands about the address book one after another, since the last of them has to be the last word;
 * true when something was emitted.
 */
export const addressBookStep = (draft: Draft): boolean => {
  const next = draft.state().commands.find(isAboutBook);
  if (next === undefined || bookWaits(draft.state())) return false;
  begin(draft, next);
  return true;
};

const followed = (draft: Draft, realtime: boolean): void => {
  if (draft.state().followsAddressBook !== realtime)
    draft.emit('AddressBookFollowed', sessionTarget(draft), { realtime });
};

/** Changes cannot wait for the end of a logout, so the agent who has to stay is told of the whole book. */
export const readBookAgain = (draft: Draft): void => {
  const { followsAddressBook, client, commands, session } = draft.state();
  if (client !== null && followsAddressBook && !commands.some(isAboutBook))
    ask(draft, { type: 'ReadAddressBook', target: { session }, realtime: true });
};

/** Answers with the address book; from then on, or no longer, changes are passed on. */
export const followAddressBook = (
  draft: Draft,
  { request, commandId }: PendingRequest,
  answer: SwitchAnswer,
): void => {
  const pending = commandUnderWay(draft.state(), commandId);
  if (!answer.ok) return complete(draft, commandId, outcomeOf(answer));
  if (request.type === 'StopAddressBook') {
    followed(draft, false);
    return complete(draft, commandId, SUCCESS);
  }
  const addressbooks = answer.reading.of === 'addressbook' ? answer.reading.addressBooks : [];
  if (pending === undefined) return tellBook(draft, addressbooks);
  if (request.type === 'ReadAddressBook' && request.realtime) followed(draft, true);
  complete(draft, commandId, { result: 'success', data: { addressbooks }, again: true });
};

/** Passes a change on to an agent who wants to hear of them. */
const tellBook = (
  draft: Draft,
  addressbooks: Extract<SwitchFact, { type: 'AddressBookChanged' }>['addressBooks'],
): void => {
  const { followsAddressBook, phase } = draft.state();
  if (!followsAddressBook || phase === 'LOGGING_OUT') return;
  draft.emit('AddressBookUpdated', sessionTarget(draft), { addressbooks });
};

export const takeAddressBook = (
  draft: Draft,
  { addressBooks }: Extract<SwitchFact, { type: 'AddressBookChanged' }>,
): void => tellBook(draft, addressBooks);
