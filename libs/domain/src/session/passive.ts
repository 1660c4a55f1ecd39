import { baseStatus, type Channel, isBusy } from '../channel/channel.ts';
import { isKnown } from '../placed.ts';
import { mayBeSurveyed } from '../reconcile/survey-plan.ts';
import { nextDeadlineAt } from './queries.ts';
import { type SessionState } from './session-state.ts';

/** No work goes on here, and none would be offered. */
const isIdle = (channel: Channel): boolean =>
  isKnown(channel) &&
  channel.dialling === null &&
  channel.planned.length === 0 &&
  !isBusy(channel.agent) &&
  (channel.state !== 'ACTIVE' || baseStatus(channel.agent) === 'not_ready');

/**
 * Whether a session may be put away until somebody speaks to it (design K8): no desktop, no work, nobody ready,
 * nothing under way, no time to be met, and a switch that would say what happens.
 */
export const isPassive = (state: SessionState): boolean =>
  state.client === null &&
  state.interactions.length === 0 &&
  mayBeSurveyed(state) &&
  state.channels.every(isIdle) &&
  nextDeadlineAt(state) === null;
