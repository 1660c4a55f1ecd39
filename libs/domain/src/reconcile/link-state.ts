import { formatTarget } from '@cordboard/kernel';
import { isKnown, type Staged } from '../placed.ts';
import { type EventData } from '../session-event.ts';
import { registered } from '../session/registration-state.ts';
import { type PendingRequest, type Reconcile, type SessionState } from '../session/session-state.ts';
import { type SwitchAnswer } from '../switch-request.ts';

/** Nothing is begun and no fact takes effect: the adapter is out of reach, or is being compared with what is known. */
export const isHeld = ({ link }: SessionState): boolean => link === 'down';

/** Nobody is there to ask. */
export const isCut = ({ link, reconcile }: SessionState): boolean =>
  link === 'down' && reconcile?.stage !== 'surveying';

/** What the switch says now will be read later. */
export const isForgotten = ({ link, reconcile }: SessionState): boolean =>
  link === 'down' && (reconcile === null || reconcile.stage === 'waiting');

/** The object that a step of its set-up is about; null for every other request. */
const setUpOf = ({ request }: PendingRequest): string | null => {
  switch (request.type) {
    case 'RegisterChannelGroup':
    case 'RegisterChannel':
    case 'RegisterInteraction':
    case 'RegisterConversation':
      return formatTarget(registered(request));
    case 'ReadChannelGroup':
    case 'ReadChannel':
    case 'ReadInteraction':
    case 'ReadConversation':
      return formatTarget(request.target);
    default:
      return null;
  }
};

const withoutPlans = <Node extends Staged>(nodes: readonly Node[]): readonly Node[] =>
  nodes.filter((node) => isKnown(node)).map((node) => ('planned' in node ? { ...node, planned: [] } : node));

/**
 * What the session itself was still to get. The next survey names it anew while the session is being set up; later
 * it would not be read again, so that what was on its way by itself goes back to the plan.
 */
const planned = (state: SessionState): Pick<SessionState, 'plannedGroups' | 'plannedChannels'> => {
  if (state.phase === 'INITIALIZING') return { plannedGroups: [], plannedChannels: [] };
  const added = new Set(state.requests.map((one) => (one.commandId === undefined ? null : setUpOf(one))));
  const lost = (node: Staged): boolean =>
    !isKnown(node) && node.stage !== 'DROPPING' && node.parent === state.session && !added.has(node.path);
  const groups = state.groups.filter(lost).map(({ nativeId, name }) => ({ nativeId, name }));
  const channels = state.channels.filter(lost).map(({ nativeId, type }) => ({ nativeId, channelType: type }));
  return {
    plannedGroups: [...groups, ...state.plannedGroups],
    plannedChannels: [...channels, ...state.plannedChannels],
  };
};

/** Nothing comes in any more, and what was said of it is worth nothing: everything will be read again. */
export const adapterLost = (state: SessionState): SessionState => ({
  ...state,
  ...planned(state),
  link: 'down',
  reconcile: null,
  requests: state.requests.filter((pending) => setUpOf(pending) === null),
  deferred: [],
  groups: withoutPlans(state.groups),
  channels: withoutPlans(state.channels),
  interactions: withoutPlans(state.interactions),
  conversations: withoutPlans(state.conversations),
});

/** A logout takes all its steps anew, since the agent is logged in anew. */
export const reconcileBegan = (
  state: SessionState,
  { cause }: EventData['ReconcileBegan'],
): SessionState => ({
  ...state,
  reconcile: { cause, stage: 'creating', attempts: 0, refusals: 0, retryAt: null },
  requests: state.requests.filter(({ request }) => request.type !== 'CreateSession'),
  deferred: [],
  logOut: state.logOut && { ...state.logOut, done: [] },
});

const reconciling = (state: SessionState, next: (one: Reconcile) => Reconcile): SessionState =>
  state.reconcile === null ? state : { ...state, reconcile: next(state.reconcile) };

/** The agent is being logged in, with the extension that is known from now on. */
export const logInAsked = (state: SessionState, extension: string | null | undefined): SessionState =>
  reconciling({ ...state, extension: extension ?? state.extension }, (one) => ({
    ...one,
    stage: 'creating',
    retryAt: null,
  }));

export const logInAnswered = (state: SessionState, answer: SwitchAnswer): SessionState =>
  reconciling(state, (one) => {
    if (answer.ok) return { ...one, stage: 'surveying' };
    return answer.cause === 'refused' ? { ...one, refusals: one.refusals + 1 } : one;
  });

/**
 * Done: the adapter can be asked again, and a call that was dialled and has not shown up will not. Failed: it is
 * tried again, and what came in meanwhile is worth nothing.
 */
export const reconcileEnded = (
  state: SessionState,
  { outcome, retryAt }: EventData['ReconcileEnded'],
): SessionState => {
  if (outcome === 'failed') {
    const failed = reconciling(state, (one) => ({
      ...one,
      stage: 'waiting',
      attempts: one.attempts + 1,
      retryAt,
    }));
    return { ...failed, deferred: [] };
  }
  const channels = state.channels.map((channel) =>
    isKnown(channel) && channel.planned.length === 0 ? { ...channel, dialling: null } : channel,
  );
  return { ...state, channels, link: 'up', reconcile: null };
};
