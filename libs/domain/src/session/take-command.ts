import { err, ok, type Result } from '@cordboard/kernel';
import { carryOutOnChannel } from '../channel/channel-commands.ts';
import { isOn } from '../command-kinds.ts';
import { carryOutOnConversation } from '../conversation/conversation-commands.ts';
import { carryOutOnInteraction } from '../interaction/interaction-commands.ts';
import { type Command } from '../command.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { type Rejection } from '../rejection.ts';
import { type CommandInput } from './command-input.ts';
import { commandUnderWay } from './commands-under-way.ts';
import { type Draft } from './draft.ts';
import { isConfigured } from './lists.ts';
import { refusal } from './refusal.ts';
import { refuseData } from './refusal-data.ts';
import { refuse } from './refusal-session.ts';
import { carryOutOnSession } from './session-commands.ts';
import { type SessionState } from './session-state.ts';

const refuseSender = ({ client, phase }: SessionState, binding: string): Rejection | null => {
  if (phase === 'CLOSED') return refuse('SESSION_CLOSED', 'This session has ended. Prepare a new one.');
  if (client === null) return refuse('SESSION_TAKEN_OVER', 'Nobody is bound to this session. Bind it first.');
  return client.binding === binding
    ? null
    : refuse('SESSION_TAKEN_OVER', 'Another desktop has taken this session over.');
};

/** What the switch has to be asked for cannot be had now; what is configured can. */
const refuseHeld = (state: SessionState, command: Command): Rejection | null =>
  !isHeld(state) || isConfigured(state, command)
    ? null
    : refuse(
        'CTI_ERROR',
        'The phone system cannot be reached now. The connection comes back by itself; then try again.',
      );

/** What a command on a group begins follows step by step by itself (`sweepStep`). */
const carryOut = (draft: Draft, input: CommandInput): void => {
  const { command, commandId } = input;
  if (isOn('session', command)) return carryOutOnSession(draft, command, input);
  if (isOn('channel', command)) return carryOutOnChannel(draft, command, commandId);
  if (isOn('interaction', command)) return carryOutOnInteraction(draft, command, commandId);
  if (isOn('conversation', command)) return carryOutOnConversation(draft, command, commandId);
};

/** Takes an agent's command in or refuses it; one that is under way already is not taken twice. */
export const takeCommand = (draft: Draft, input: CommandInput): Result<void, Rejection> => {
  const state = draft.state();
  const { command, commandId, digest, binding, adapter } = input;
  const refused =
    refuseSender(state, binding) ??
    (commandUnderWay(state, commandId) === undefined
      ? (refusal(state, command.type, command.target) ??
        refuseData(state, command) ??
        refuseHeld(state, command))
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
