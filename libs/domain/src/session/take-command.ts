import { err, ok, parentTarget, type Result } from '@cordboard/kernel';
import { isReady } from '../channel/channel.ts';
import { type Command } from '../command.ts';
import { isReleasedByReject } from '../conversation/conversation-refusal.ts';
import { formatTarget } from '@cordboard/kernel';
import { knownChannel, knownConversation } from '../objects.ts';
import { type Rejection } from '../rejection.ts';
import { type SessionInput } from '../session-input.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { complete, commandUnderWay, SUCCESS } from './commands-under-way.ts';
import { ask, type Draft } from './draft.ts';
import { beginLogOut } from './log-out.ts';
import { refusal } from './refusal.ts';
import { refuse } from './refusal-session.ts';
import { type SessionState } from './session-state.ts';

export type CommandInput = Extract<SessionInput, { kind: 'command' }>;

const refuseSender = ({ client, phase }: SessionState, binding: string): Rejection | null => {
  if (phase === 'CLOSED') return refuse('SESSION_CLOSED', 'This session has ended. Prepare a new one.');
  if (client === null) return refuse('SESSION_TAKEN_OVER', 'Nobody is bound to this session. Bind it first.');
  return client.binding === binding
    ? null
    : refuse('SESSION_TAKEN_OVER', 'Another desktop has taken this session over.');
};

const refuseData = (command: Command): Rejection | null => {
  if (command.type === 'Dial' && command.destination.trim() === '') {
    return refuse('INVALID_DATA', 'Name the number to dial.');
  }
  return command.type === 'MakeNotReady' && command.reasonCode.trim() === ''
    ? refuse('INVALID_DATA', 'Name the reason for which the agent is not ready.')
    : null;
};

type ToSwitch = Exclude<Command, { type: 'StartSession' | 'LogOut' }>;

/** What the switch is asked for a command; null when the wish is fulfilled already (agent protocol D5). */
const firstRequest = (state: SessionState, command: ToSwitch): SwitchRequest | null => {
  const { type, target } = command;
  const path = formatTarget(target);
  switch (type) {
    case 'DeactivateChannel': {
      const channel = knownChannel(state, path);
      const ready = channel !== undefined && isReady(channel);
      return ready ? { type: 'MakeNotReady', target, reasonCode: 'logout' } : command;
    }
    case 'AnswerConversation':
      return { type: 'AcceptInteraction', target: parentTarget(target) };
    case 'ReleaseConversation': {
      const conversation = knownConversation(state, path);
      const rejects = conversation !== undefined && isReleasedByReject(state, conversation);
      return rejects ? { type: 'RejectInteraction', target: parentTarget(target) } : command;
    }
    case 'HoldConversation':
      return knownConversation(state, path)?.state === 'HELD' ? null : command;
    case 'RetrieveConversation':
      return knownConversation(state, path)?.state === 'TALKING' ? null : command;
    default:
      return command;
  }
};

const carryOut = (draft: Draft, { command, commandId, adapter }: CommandInput): void => {
  if (command.type === 'StartSession') {
    if (adapter !== null) draft.emit('AdapterAssigned', command.target, adapter);
    return;
  }
  if (command.type === 'LogOut') return beginLogOut(draft, commandId);
  const request = firstRequest(draft.state(), command);
  if (request === null) complete(draft, commandId, SUCCESS);
  else ask(draft, request, commandId);
};

/** Takes an agent's command in or refuses it; one that is under way already is not taken twice. */
export const takeCommand = (draft: Draft, input: CommandInput): Result<void, Rejection> => {
  const state = draft.state();
  const { command, commandId, digest, binding, adapter } = input;
  const refused =
    refuseSender(state, binding) ??
    (commandUnderWay(state, commandId) === undefined
      ? (refusal(state, command.type, command.target) ?? refuseData(command))
      : null);
  if (refused !== null) return err(refused);
  if (commandUnderWay(state, commandId) !== undefined) return ok(undefined);
  if (command.type === 'StartSession' && adapter === null) {
    return err(refuse('CTI_ERROR', 'No connection to the switch takes sessions now. Try again in a moment.'));
  }
  draft.emit('CommandAccepted', command.target, { commandId, digest, command });
  carryOut(draft, input);
  return ok(undefined);
};
