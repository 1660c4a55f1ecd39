import { type InteractionCommand } from '../command.ts';
import { isKnown } from '../placed.ts';
import { type Rejection } from '../rejection.ts';
import { isAsked } from '../session/commands-under-way.ts';
import { refuse } from '../session/refusal-session.ts';
import { type SessionState } from '../session/session-state.ts';
import { type KnownInteraction } from './interaction.ts';
import { legsOf } from './interaction-steps.ts';

/** An offer is taken or refused once: while the switch decides, nothing else is decided about it. */
export const refuseWhileDecided = (state: SessionState, path: string): Rejection | null =>
  isAsked(state, ['AcceptInteraction', 'RejectInteraction'], path)
    ? refuse('INVALID_STATE', 'The interaction is being accepted or rejected already.')
    : null;

const refuseDecision = (state: SessionState, interaction: KnownInteraction): Rejection | null => {
  if (interaction.state !== 'ALERTING') {
    return refuse('INVALID_STATE', 'Only an interaction that is alerting can be accepted or rejected.');
  }
  const over = legsOf(state, interaction.path).some((leg) => isKnown(leg) && leg.state === 'RELEASED');
  return over
    ? refuse('INVALID_STATE', 'The caller has hung up already.')
    : refuseWhileDecided(state, interaction.path);
};

/** Telephony: every leg is gone. Without legs (chat, mail): any time after accept (agent protocol D4). */
const refuseComplete = (state: SessionState, { path, state: present, planned }: KnownInteraction) => {
  if (legsOf(state, path).length > 0 || planned.length > 0) {
    return refuse('CONVERSATIONS_ACTIVE', 'Release the conversations of this interaction first.');
  }
  if (present !== 'ENDED' && present !== 'STARTED') {
    return refuse('INVALID_STATE', 'Only an interaction that was accepted or has ended can be completed.');
  }
  return isAsked(state, ['CompleteInteraction'], path)
    ? refuse('INVALID_STATE', 'The interaction is being completed already.')
    : null;
};

/** Why an interaction does not take such a command now (agent protocol B4, D4). */
export const refuseOnInteraction = (
  state: SessionState,
  interaction: KnownInteraction,
  type: InteractionCommand['type'],
): Rejection | null => {
  switch (type) {
    case 'AcceptInteraction':
    case 'RejectInteraction':
      return refuseDecision(state, interaction);
    case 'CompleteInteraction':
      return refuseComplete(state, interaction);
    default:
      return refuse('NOT_SUPPORTED', `${type} is not supported yet.`);
  }
};
