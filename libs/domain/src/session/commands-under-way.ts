import { formatTarget } from '@cordboard/kernel';
import { type CommandOutcome } from '../session-event.ts';
import { type SwitchAnswer, type SwitchRequestType } from '../switch-request.ts';
import { type Draft } from './draft.ts';
import { type PendingCommand, type SessionState } from './session-state.ts';

/** Whether the switch has yet to answer such a request about the object at `path`. */
export const isAsked = (
  { requests }: SessionState,
  types: readonly SwitchRequestType[],
  path: string,
): boolean =>
  requests.some(({ request }) => types.includes(request.type) && formatTarget(request.target) === path);

export const commandUnderWay = (
  { commands }: SessionState,
  commandId: string | null | undefined,
): PendingCommand | undefined => commands.find((command) => command.commandId === commandId);

/** Ends a command, unless it has ended already. */
export const complete = (
  draft: Draft,
  commandId: string | null | undefined,
  outcome: CommandOutcome,
): void => {
  const pending = commandUnderWay(draft.state(), commandId);
  if (pending === undefined) return;
  const { digest, command } = pending;
  draft.emit('CommandCompleted', command.target, { commandId: pending.commandId, digest, outcome });
};

export const SUCCESS: CommandOutcome = { result: 'success' };

/** What a command was about has been disposed of before the command was done. */
export const GONE: CommandOutcome = {
  result: 'failure',
  code: 'UNKNOWN_TARGET',
  message: 'The channel went away meanwhile.',
};

export const outcomeOf = (answer: SwitchAnswer): CommandOutcome =>
  answer.ok ? SUCCESS : { result: 'failure', code: 'CTI_ERROR', message: answer.message };
