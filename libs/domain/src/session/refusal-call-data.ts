import { formatTarget } from '@cordboard/kernel';
import { type Command } from '../command.ts';
import { hasRoom } from '../interaction/attached-data.ts';
import { knownInteraction } from '../objects.ts';
import { type Rejection } from '../rejection.ts';
import { refuse } from './refusal-session.ts';
import { type SessionState } from './session-state.ts';

const isEmpty = (text: string): boolean => text.trim() === '';

type SetData = Extract<Command, { type: 'SetInteractionData' }>;

const refuseAttached = (state: SessionState, { target, key, value }: SetData): Rejection | null => {
  if (isEmpty(key)) return refuse('INVALID_DATA', 'Name the key of the data to set.');
  const data = knownInteraction(state, formatTarget(target))?.data ?? {};
  return hasRoom(data, key, value)
    ? null
    : refuse('INVALID_DATA', 'There is no room for so much in the data of this interaction. Set less.');
};

/** Why a command on a call cannot be taken for what it says. */
export const refuseCallData = (state: SessionState, command: Command): Rejection | null => {
  switch (command.type) {
    case 'Consult':
    case 'BlindTransfer':
    case 'BlindConference':
      return isEmpty(command.destination) ? refuse('INVALID_DATA', 'Name the number to dial.') : null;
    case 'SetInteractionData':
      return refuseAttached(state, command);
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
