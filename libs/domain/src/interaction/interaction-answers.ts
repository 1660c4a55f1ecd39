import { formatTarget } from '@cordboard/kernel';
import { knownInteraction } from '../objects.ts';
import { childrenOf } from '../placed.ts';
import { complete, outcomeOf, SUCCESS } from '../session/commands-under-way.ts';
import { ask, type Draft } from '../session/draft.ts';
import { type PendingRequest } from '../session/session-state.ts';
import { type SwitchAnswer, type SwitchRequestType } from '../switch-request.ts';
import { beginHoldBack } from './hold-back-steps.ts';
import { type KnownInteraction } from './interaction.ts';
import {
  completeInteraction,
  endInteraction,
  legLost,
  setDisposition,
  startInteraction,
  tellInteraction,
} from './interaction-steps.ts';
import { legIn, legsOf } from './legs.ts';

type Accepted = Extract<SwitchAnswer, { ok: true }>;

/** Registers a second leg; the agent hears first that no other one can be begun (bridge D.7, D.8). */
const bringIn = (draft: Draft, { target }: KnownInteraction, nativeId: string): void =>
  ask(draft, { type: 'RegisterConversation', target, id: draft.newId(), nativeId });

/** A leg that is known already is not announced twice (bridge A.6). */
const isRegistered = (draft: Draft, { path, planned }: KnownInteraction, nativeId: string): boolean =>
  [...childrenOf(draft.state().conversations, path), ...planned].some((leg) => leg.nativeId === nativeId);

/** The switch calls the second party; it may name the new leg now or later, by a fact (bridge TEL-R02). */
const consultAgreed = (draft: Draft, interaction: KnownInteraction, { reading }: Accepted): void => {
  const known = legIn(draft.state(), interaction.path, 'consult') !== undefined;
  beginHoldBack(draft, interaction, 'consult');
  if (known) return;
  const nativeId = reading.of === 'consult' ? reading.nativeId : null;
  if (nativeId !== null && !isRegistered(draft, interaction, nativeId)) bringIn(draft, interaction, nativeId);
  tellInteraction(draft, interaction.path);
};

/** A second leg that was begun outside the desktop, or that the switch had not named yet (bridge TEL-E01). */
export const consultOffered = (draft: Draft, interaction: KnownInteraction, nativeId: string): void => {
  const { path, type, state, planned, holdBack } = interaction;
  const known =
    isRegistered(draft, interaction, nativeId) ||
    [...legsOf(draft.state(), path), ...planned].some(({ role }) => role === 'consult');
  const awaited = holdBack?.by === 'consult' && holdBack.until !== null;
  if (known || type !== 'TELEPHONY' || (state !== 'STARTED' && !awaited)) return;
  bringIn(draft, interaction, nativeId);
  if (!awaited) tellInteraction(draft, path);
};

/** Without legs no event of the switch follows on these, so the answer itself decides (bridge D.3, D.16). */
const decideWithoutLegs = (draft: Draft, interaction: KnownInteraction, accepted: boolean): void => {
  const { path, state, stage } = interaction;
  if (stage !== 'LIVE' || legsOf(draft.state(), path).length > 0 || state !== 'ALERTING') return;
  if (accepted) startInteraction(draft, path);
  else endInteraction(draft, path);
};

const agreed = (
  draft: Draft,
  interaction: KnownInteraction,
  pending: PendingRequest,
  answer: Accepted,
): void => {
  switch (pending.request.type) {
    case 'AcceptInteraction':
      return decideWithoutLegs(draft, interaction, true);
    case 'RejectInteraction':
      return decideWithoutLegs(draft, interaction, false);
    case 'CompleteInteraction':
      return interaction.stage === 'LIVE' ? completeInteraction(draft, interaction.path) : undefined;
    case 'SetDisposition':
      return setDisposition(draft, interaction, pending.request.disposition);
    case 'Consult':
      return consultAgreed(draft, interaction, answer);
    case 'Alternate':
      return beginHoldBack(draft, interaction, 'alternate');
    case 'ConsultTransfer':
      return beginHoldBack(draft, interaction, 'consult-transfer');
    default:
      return;
  }
};

/** A switch without dispositions says no; the text is kept here all the same (bridge INT-R05). */
const taken = ({ request }: PendingRequest, answer: SwitchAnswer): SwitchAnswer =>
  request.type === 'SetDisposition' && !answer.ok && answer.cause === 'refused'
    ? { ok: true, reading: { of: 'none' } }
    : answer;

const MOVES: ReadonlySet<SwitchRequestType> = new Set(['Consult', 'Alternate', 'ConsultTransfer']);

/** Nobody is interested in the legs any more. */
const forget = (draft: Draft, { target, holdBack }: KnownInteraction, { request }: PendingRequest): void => {
  if (holdBack?.until === null && MOVES.has(request.type)) draft.emit('InteractionHoldBackEnded', target, {});
};

/** Goes on with what was asked about an interaction; the agent is answered first. */
export const followInteractionAnswer = (draft: Draft, pending: PendingRequest, given: SwitchAnswer): void => {
  const answer = taken(pending, given);
  complete(draft, pending.commandId, answer.ok ? SUCCESS : outcomeOf(answer));
  const path = formatTarget(pending.request.target);
  const interaction = knownInteraction(draft.state(), path);
  if (interaction === undefined) return;
  const leaves = draft.state().phase === 'LOGGING_OUT';
  if (leaves || interaction.stage === 'DISPOSING' || interaction.state === 'COMPLETED') {
    return forget(draft, interaction, pending);
  }
  if (answer.ok) return agreed(draft, interaction, pending, answer);
  const alone = legsOf(draft.state(), path).length === 0;
  if (pending.request.type === 'Consult' && alone && interaction.stage === 'LIVE') legLost(draft, path);
};
