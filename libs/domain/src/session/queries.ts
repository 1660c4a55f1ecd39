import { type Command } from '../command.ts';
import { type PendingRequest, type SessionState } from './session-state.ts';

/** When `elapsed` is due next, in ms since the epoch; null when the session waits for nothing. */
export const nextDeadlineAt = ({ requests, absence }: SessionState): number | null => {
  const times = requests.map(({ deadlineAt }) => deadlineAt);
  if (absence !== null && absence.actsAt !== null) times.push(absence.actsAt);
  return times.length === 0 ? null : Math.min(...times);
};

/** Intents without outcome, oldest first: a new owner asks the switch again what became of them. */
export const pendingRequests = ({ requests }: SessionState): readonly PendingRequest[] => requests;

/** A command that was accepted and not answered yet. */
export const pendingCommand = (
  { commands }: SessionState,
  commandId: string,
): { readonly digest: string; readonly command: Command } | null =>
  commands.find((command) => command.commandId === commandId) ?? null;
