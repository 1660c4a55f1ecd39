import { type SessionCommand } from '../command.ts';
import { configuredIn } from '../house.ts';
import { type Adapter } from '../session-input.ts';
import { beginAgentLeg } from './agent-leg.ts';
import { type CommandInput } from './command-input.ts';
import { complete, SUCCESS } from './commands-under-way.ts';
import { ask, type Draft, sessionTarget } from './draft.ts';
import { getList } from './lists.ts';
import { beginLogOut } from './log-out.ts';
import { groupNamed } from './refusal-tree.ts';

type AddChannelGroup = Extract<SessionCommand, { type: 'AddChannelGroup' }>;
type AddChannel = Extract<SessionCommand, { type: 'AddChannel' }>;

/** The session is on that instance from now on. */
export const assignAdapter = (draft: Draft, adapter: Adapter): void => {
  const configured = configuredIn(draft.house);
  draft.emit('AdapterAssigned', sessionTarget(draft), {
    ...adapter,
    ...(configured.length === 0 ? {} : { configured }),
  });
};

const addChannel = (draft: Draft, command: AddChannel, commandId: string): void => {
  const { target, endpoint: nativeId, channelType } = command;
  ask(draft, { type: 'RegisterChannel', target, id: draft.newId(), nativeId, channelType }, commandId);
};

const addGroup = (draft: Draft, command: AddChannelGroup, commandId: string): void => {
  const { target, name, chat, email, callback } = command;
  if (groupNamed(draft.state(), name) !== undefined) return complete(draft, commandId, SUCCESS);
  const wanted = { name, chat, email, callback };
  const id = draft.newId();
  ask(draft, { type: 'RegisterChannelGroup', target, id, nativeId: name, wanted }, commandId);
};

/** Begins what a command on the session asks for, once it is accepted (agent protocol B1). */
export const carryOutOnSession = (draft: Draft, command: SessionCommand, input: CommandInput): void => {
  const { commandId } = input;
  switch (command.type) {
    case 'StartSession':
      return input.adapter === null ? undefined : assignAdapter(draft, input.adapter);
    case 'LogOut':
      return beginLogOut(draft, commandId);
    case 'AddChannel':
      return addChannel(draft, command, commandId);
    case 'AddChannelGroup':
      return addGroup(draft, command, commandId);
    case 'RemoveChannel':
    case 'RemoveChannelGroup':
    case 'GetAddressBook':
    case 'StopAddressBook':
      // Their steps follow by themselves.
      return;
    case 'GetDirectory':
    case 'GetNotReadyReasons':
    case 'GetLogoutReasons':
      return getList(draft, command, commandId);
    case 'ConnectAgentLeg':
    case 'DisconnectAgentLeg':
      return beginAgentLeg(draft, command, commandId);
  }
};
