import { isConnected } from '../conversation/conversation.ts';
import { type InteractionCommand } from '../command.ts';
import { isKnown } from '../placed.ts';
import { type Rejection } from '../rejection.ts';
import { lacks, offers } from '../session/capabilities.ts';
import { isAsked } from '../session/commands-under-way.ts';
import { refuse } from '../session/refusal-session.ts';
import { type SessionState } from '../session/session-state.ts';
import { isUnderWay } from './hold-back-state.ts';
import { type KnownInteraction } from './interaction.ts';
import { legIn, legsOf, liveLeg } from './legs.ts';

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
const refuseComplete = (state: SessionState, interaction: KnownInteraction): Rejection | null => {
  const { path, state: present, planned, rule, disposition } = interaction;
  if (legsOf(state, path).length > 0 || planned.length > 0) {
    return refuse('CONVERSATIONS_ACTIVE', 'Release the conversations of this interaction first.');
  }
  if (present !== 'ENDED' && present !== 'STARTED') {
    return refuse('INVALID_STATE', 'Only an interaction that was accepted or has ended can be completed.');
  }
  if (rule?.dispositionRequired === true && disposition === null) {
    return refuse('INVALID_STATE', 'Set a disposition first: the queue of this interaction requires one.');
  }
  return isAsked(state, ['CompleteInteraction'], path)
    ? refuse('INVALID_STATE', 'The interaction is being completed already.')
    : null;
};

/** Whether the agent may complete the interaction, but for a request that is on its way. */
export const mayBeCompleted = (state: SessionState, interaction: KnownInteraction): boolean =>
  refuseComplete({ ...state, requests: [] }, interaction) === null;

const refuseUnlessStarted = ({ state }: KnownInteraction): Rejection | null =>
  state === 'STARTED'
    ? null
    : refuse('INVALID_STATE', 'Only an interaction that was accepted and goes on admits this.');

const BOTH_LEGS = ['Consult', 'Alternate', 'ConsultTransfer', 'ConsultConference'] as const;

/** One thing at a time is done with both legs. */
const refuseWhileMoved = (state: SessionState, interaction: KnownInteraction): Rejection | null =>
  isAsked(state, BOTH_LEGS, interaction.path) || isUnderWay(interaction, 'alternate', 'consult-transfer')
    ? refuse('INVALID_STATE', 'The legs of this call are being changed already. Try again in a moment.')
    : null;

/** A call has two legs at most, and the second one is always a consult (agent protocol D6-13). */
const refuseConsult = (state: SessionState, interaction: KnownInteraction): Rejection | null => {
  const { path, planned } = interaction;
  const roles = new Set(planned.map(({ role }) => role));
  const second = roles.has('consult') || legIn(state, path, 'consult') !== undefined;
  if (second || isUnderWay(interaction, 'consult')) {
    return refuse('INVALID_STATE', 'There is a consult call already. Release it first.');
  }
  const first = legIn(state, path, 'primary');
  const over = first === undefined ? !roles.has('primary') : isKnown(first) && first.state === 'RELEASED';
  return over ? refuse('INVALID_STATE', 'The call is over.') : refuseWhileMoved(state, interaction);
};

const refuseWithSecondLeg = (state: SessionState, interaction: KnownInteraction): Rejection | null => {
  const second = liveLeg(state, interaction.path, 'consult');
  if (second === undefined || !isConnected(second.state)) {
    return refuse('NO_CONSULT', 'Begin a consult call and wait until it is answered.');
  }
  const unfit = refuseUnlessStarted(interaction);
  if (unfit !== null) return unfit;
  return liveLeg(state, interaction.path, 'primary') === undefined
    ? refuse('INVALID_STATE', 'The first call is over, nothing is left to join the consult call with.')
    : refuseWhileMoved(state, interaction);
};

const notSupported = (what: string): Rejection => refuse('NOT_SUPPORTED', `This switch has no ${what}.`);

/** What the switch has said that it lacks is refused without asking it (bridge B.1.1). */
const refuseUnsupported = (
  state: SessionState,
  { type: media }: KnownInteraction,
  type: InteractionCommand['type'],
): Rejection | null => {
  switch (type) {
    case 'Consult':
    case 'Alternate':
    case 'ConsultTransfer':
    case 'ConsultConference':
      if (media !== 'TELEPHONY')
        return refuse('NOT_SUPPORTED', 'Only a telephony interaction has consult calls.');
      return lacks(state, 'consult-supported') ? notSupported('consult calls') : null;
    case 'SetInteractionData':
      return lacks(state, 'interaction-data-supported') ? notSupported('interaction data') : null;
    case 'SendSignal':
      return offers(state, 'signal-supported') ? null : notSupported('scripts that take signals');
    default:
      return null;
  }
};

/** Why an interaction does not take such a command now (agent protocol B4, D4). */
export const refuseOnInteraction = (
  state: SessionState,
  interaction: KnownInteraction,
  type: InteractionCommand['type'],
): Rejection | null => {
  const unsupported = refuseUnsupported(state, interaction, type);
  if (unsupported !== null) return unsupported;
  switch (type) {
    case 'AcceptInteraction':
    case 'RejectInteraction':
      return refuseDecision(state, interaction);
    case 'CompleteInteraction':
      return refuseComplete(state, interaction);
    case 'SetInteractionData':
      return interaction.state === 'COMPLETED'
        ? refuse('INVALID_STATE', 'The interaction is completed.')
        : null;
    case 'SetDisposition':
      return interaction.state === 'ENDED' ? null : refuseUnlessStarted(interaction);
    case 'SendSignal':
      return refuseUnlessStarted(interaction);
    case 'Consult':
      return refuseUnlessStarted(interaction) ?? refuseConsult(state, interaction);
    case 'Alternate':
    case 'ConsultTransfer':
    case 'ConsultConference':
      return refuseWithSecondLeg(state, interaction);
  }
};
