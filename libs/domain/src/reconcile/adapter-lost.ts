import { endHoldBacks } from '../interaction/hold-back-steps.ts';
import { finishInteraction } from '../interaction/interaction-steps.ts';
import { complete, outcomeOf } from '../session/commands-under-way.ts';
import { type Draft, sessionTarget } from '../session/draft.ts';
import { takeAnswer } from '../session/take-answer.ts';
import { type EventData } from '../session-event.ts';
import { type SwitchAnswer } from '../switch-request.ts';
import { tellAllowed } from './tell-allowed.ts';

const LOST: SwitchAnswer = {
  ok: false,
  cause: 'unknown',
  message: 'The phone system was lost before it answered. What it did is read again when it is back.',
};

/** Nobody will answer any more; commands that have no request out fail too, but for a logout, which waits. */
const giveUp = (draft: Draft): void => {
  for (const { requestId } of draft.state().requests) takeAnswer(draft, requestId, LOST);
  const { commands, logOut } = draft.state();
  for (const { commandId } of commands) {
    if (commandId !== logOut?.commandId) complete(draft, commandId, outcomeOf(LOST));
  }
};

/** Calls whose legs were on their way are there without them, as if they could not be read (bridge A8-7). */
const finishCalls = (draft: Draft): void =>
  draft
    .state()
    .interactions.filter(({ stage }) => stage === 'OPEN')
    .forEach(({ path }) => finishInteraction(draft, path));

/** The adapter of the session is out of reach, or has forgotten it (bridge A.9); another one's loss changes nothing. */
export const loseAdapter = (draft: Draft, { instance, reason }: EventData['AdapterLost']): void => {
  const before = draft.state();
  const { phase, adapter, link, reconcile } = before;
  if (phase === 'NONE' || phase === 'PREPARED' || adapter?.instance !== instance) return;
  if (link === 'down' && reconcile === null) return;
  draft.emit('AdapterLost', sessionTarget(draft), { instance, reason });
  // A leg that was on its way decided what could be done with its call.
  tellAllowed(draft, before);
  giveUp(draft);
  finishCalls(draft);
  endHoldBacks(draft, () => true);
};
