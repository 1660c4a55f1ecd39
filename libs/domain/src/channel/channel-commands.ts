import { formatTarget } from '@cordboard/kernel';
import { type ChannelCommand } from '../command.ts';
import { knownChannel } from '../objects.ts';
import { ask, type Draft } from '../session/draft.ts';
import { getList } from '../session/lists.ts';
import { isReady } from './channel.ts';
import { beginDial } from './dial.ts';

/** Begins what a command on a channel asks for, once it is accepted (agent protocol B3). */
export const carryOutOnChannel = (draft: Draft, command: ChannelCommand, commandId: string): void => {
  const { target } = command;
  switch (command.type) {
    case 'DeactivateChannel': {
      const channel = knownChannel(draft.state(), formatTarget(target));
      const ready = channel !== undefined && isReady(channel);
      const first = ready ? ({ type: 'MakeNotReady', target, reasonCode: 'logout' } as const) : command;
      return ask(draft, first, commandId);
    }
    case 'Dial':
      return beginDial(draft, command, commandId);
    case 'GetDispositions':
    case 'GetScripts':
      return getList(draft, command, commandId);
    default:
      return ask(draft, command, commandId);
  }
};
