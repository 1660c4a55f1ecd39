import { type SessionCommand } from '../command.ts';
import { type CommandInput } from './command-input.ts';
import { type Draft } from './draft.ts';
import { beginLogOut } from './log-out.ts';

/** Begins what a command on the session asks for, once it is accepted (agent protocol B1). */
export const carryOutOnSession = (draft: Draft, command: SessionCommand, input: CommandInput): void => {
  switch (command.type) {
    case 'StartSession':
      if (input.adapter !== null) draft.emit('AdapterAssigned', command.target, input.adapter);
      return;
    case 'LogOut':
      return beginLogOut(draft, input.commandId);
    default:
      return;
  }
};
