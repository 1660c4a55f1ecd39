import { type Command } from '../command.ts';
import { type Rejection } from '../rejection.ts';
import { refuse } from './refusal-session.ts';

const isEmpty = (text: string): boolean => text.trim() === '';

/** Why a command on a call cannot be taken for what it says. */
export const refuseCallData = (command: Command): Rejection | null => {
  switch (command.type) {
    case 'Consult':
    case 'BlindTransfer':
    case 'BlindConference':
      return isEmpty(command.destination) ? refuse('INVALID_DATA', 'Name the number to dial.') : null;
    case 'SetInteractionData':
      return isEmpty(command.key) ? refuse('INVALID_DATA', 'Name the key of the data to set.') : null;
    case 'SetDisposition':
      return isEmpty(command.disposition)
        ? refuse('INVALID_DATA', 'Say what became of the interaction.')
        : null;
    case 'SendDtmf':
      return /^[0-9*#]+$/.test(command.digits)
        ? null
        : refuse('INVALID_DATA', 'Give one or more of the digits 0 to 9, * and #.');
    case 'RemoveParty':
      return isEmpty(command.number)
        ? refuse('INVALID_DATA', 'Name the number of the party to remove.')
        : null;
    default:
      return null;
  }
};
