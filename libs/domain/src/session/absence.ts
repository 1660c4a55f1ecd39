import { isReady } from '../channel/channel.ts';
import { isKnown } from '../placed.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { isAsked } from './commands-under-way.ts';
import { closeSession } from './close.ts';
import { ask, type Draft, sessionTarget } from './draft.ts';
import { beginLogOut } from './log-out.ts';
import { refuseLogOut } from './refusal-session.ts';

/** Nobody shall be offered a call in front of an empty chair. */
const takeAway = (draft: Draft): void => {
  const state = draft.state();
  for (const channel of state.channels) {
    if (!isKnown(channel) || channel.state !== 'ACTIVE') continue;
    if (!isReady(channel) && !isAsked(state, ['MakeReady'], channel.path)) continue;
    if (isAsked(state, ['MakeNotReady'], channel.path)) continue;
    ask(draft, { type: 'MakeNotReady', target: channel.target, reasonCode: 'logout' });
  }
};

/** The absent agent's session logs out as soon as nothing is in the way; true when something was emitted. */
export const absenceStep = (draft: Draft): boolean => {
  const { absence, policy, phase } = draft.state();
  if (absence === null || !absence.lapsed || absence.attempted || policy.whenLapsed !== 'log-out')
    return false;
  if (phase !== 'STARTED' || refuseLogOut(draft.state()) !== null) return false;
  beginLogOut(draft);
  return true;
};

/** The time for which the session waited for somebody to bind is over. */
export const lapse = (draft: Draft): void => {
  const { absence, phase, policy } = draft.state();
  if (absence === null || absence.actsAt === null || absence.actsAt > draft.at) return;
  if (isHeld(draft.state())) return;
  if (phase === 'PREPARED') return closeSession(draft, absence.bound ? 'abandoned' : 'never-bound');
  draft.emit('SessionLapsed', sessionTarget(draft), {});
  const leaves = policy.whenLapsed === 'log-out' && refuseLogOut(draft.state()) === null;
  if (!leaves && phase !== 'LOGGING_OUT') takeAway(draft);
};
