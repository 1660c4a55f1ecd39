import { type Command } from '../command.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type SwitchAnswer } from '../switch-request.ts';
import { commandUnderWay, complete, isAsked, outcomeOf, SUCCESS } from './commands-under-way.ts';
import { ask, type Draft, sessionTarget } from './draft.ts';
import { type PendingRequest } from './session-state.ts';

type BookCommand = Extract<Command, { type: 'GetAddressBook' | 'StopAddressBook' }>;

/** Asks for the address book, or for no more of its changes; a second reading does not end what was asked for before. */
export const beginAddressBook = (draft: Draft, command: BookCommand, commandId: string): void => {
  const { followsAddressBook, session } = draft.state();
  const { target } = command;
  if (command.type === 'GetAddressBook') {
    const realtime = command.realtime || followsAddressBook;
    return ask(draft, { type: 'ReadAddressBook', target, realtime }, commandId);
  }
  const follows = followsAddressBook || isAsked(draft.state(), ['ReadAddressBook'], session);
  if (follows) ask(draft, { type: 'StopAddressBook', target }, commandId);
  else complete(draft, commandId, SUCCESS);
};

const followed = (draft: Draft, realtime: boolean): void => {
  if (draft.state().followsAddressBook !== realtime)
    draft.emit('AddressBookFollowed', sessionTarget(draft), { realtime });
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
  if (request.type === 'ReadAddressBook' && request.realtime && pending !== undefined) followed(draft, true);
  const addressbooks = answer.reading.of === 'addressbook' ? answer.reading.addressBooks : [];
  complete(draft, commandId, { result: 'success', data: { addressbooks }, again: true });
};

/** Passes a change on to an agent who wants to hear of them. */
export const takeAddressBook = (
  draft: Draft,
  { target, addressBooks }: Extract<SwitchFact, { type: 'AddressBookChanged' }>,
): void => {
  if (!draft.state().followsAddressBook) return;
  draft.emit('AddressBookUpdated', target, { addressbooks: addressBooks });
};
