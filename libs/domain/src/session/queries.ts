import { type Command } from '../command.ts';
import { holdBacksUntil } from '../interaction/hold-back-state.ts';
import { isKnown } from '../placed.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { type PendingRequest, type SessionState } from './session-state.ts';
import { isGrowing, isSweep, sweptPath } from './sweeping.ts';

/** After-call work that a timer ends, and channels that are given time to follow a command on several of them. */
const waits = (state: SessionState): readonly number[] => [
  ...state.channels.flatMap((channel) => (isKnown(channel) && channel.wrapUp ? [channel.wrapUp.endsAt] : [])),
  ...state.commands.flatMap((pending) =>
    pending.sweep?.awaited && isSweep(pending) && !isGrowing(state, sweptPath(pending))
      ? [pending.sweep.awaited.until]
      : [],
  ),
];

/** When `elapsed` is due next, in ms since the epoch; null when the session waits for nothing. */
export const nextDeadlineAt = (state: SessionState): number | null => {
  const { requests, absence, reconcile } = state;
  const times = [...requests.map(({ deadlineAt }) => deadlineAt), ...holdBacksUntil(state)];
  if (reconcile !== null && reconcile.retryAt !== null) times.push(reconcile.retryAt);
  // What is overdue follows when the adapter is back.
  if (!isHeld(state)) {
    times.push(...waits(state));
    if (absence !== null && absence.actsAt !== null) times.push(absence.actsAt);
  }
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
