import { type CommandOutcome, type EventData } from '../session-event.ts';
import { complete, SUCCESS } from './commands-under-way.ts';
import { type Draft, sessionTarget } from './draft.ts';
import { tearDownSession } from './tear-down.ts';

const OVER: CommandOutcome = {
  result: 'failure',
  code: 'SESSION_CLOSED',
  message: 'The session ended before the command did.',
};

/** The last event of a stream; what was still under way is answered before it. */
export const closeSession = (draft: Draft, reason: EventData['SessionClosed']['reason']): void => {
  const wanted = draft.state().logOut?.commandId;
  for (const { commandId } of draft.state().commands) {
    if (commandId !== wanted) complete(draft, commandId, OVER);
  }
  complete(draft, wanted, SUCCESS);
  draft.emit('SessionClosed', sessionTarget(draft), { reason });
};

/** The switch ended the agent's log-in; an agent who was just logging out has what was wanted. */
export const endSession = (draft: Draft): void => {
  const leaving = draft.state().phase === 'LOGGING_OUT';
  tearDownSession(draft);
  closeSession(draft, leaving ? 'logged-out' : 'ended-by-switch');
};
