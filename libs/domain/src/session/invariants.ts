import { findAt, isKnown, isOnItsWayIn, type Placed } from '../placed.ts';
import { isBusy } from '../channel/channel.ts';
import { allObjects, knownInteraction, objectAt } from '../objects.ts';
import { isHeldBack, isHoldBackOver } from '../interaction/hold-back-state.ts';
import { legsOf } from '../interaction/legs.ts';
import { presentGroupState } from '../channel-group/channel-group-steps.ts';
import { isForgotten, isHeld } from '../reconcile/link-state.ts';
import { bookWaits, isAboutBook } from './address-book.ts';
import { isAsked } from './commands-under-way.ts';
import { mayTakeEffect } from './deferral.ts';
import { type PendingCommand, type SessionState } from './session-state.ts';
import { isGrowing, isSweep, sweptPath } from './sweeping.ts';

const repeated = (values: readonly string[]): readonly string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

const inTree = (state: SessionState): readonly string[] => {
  const nodes = allObjects(state);
  const paths = new Set([state.session, ...nodes.map(({ path }) => path)]);
  const native = (node: Placed): string => `${node.parent} ${node.nativeId}`;
  return [
    ...repeated(nodes.map(({ path }) => path)).map((path) => `two objects at ${path}`),
    ...repeated(nodes.map(native)).map((key) => `native id registered twice: ${key}`),
    ...nodes.filter(({ parent }) => !paths.has(parent)).map(({ path }) => `no parent of ${path}`),
    ...nodes
      .filter(
        (node) =>
          node.stage === 'OPEN' &&
          !isHeld(state) &&
          !nodes.some((child) => child.parent === node.path && isOnItsWayIn(child)),
      )
      .map(({ path }) => `nothing goes on below ${path}, which is open`),
    ...nodes
      .filter((node) => node.stage === 'READ' && !waitsForOther(state, node))
      .map(({ path }) => `${path} was read and not announced`),
  ];
};

/** A second leg that is announced when something was said of the first (bridge A7-12). */
const waitsForOther = (state: SessionState, { path }: Placed): boolean => {
  const leg = findAt(state.conversations, path);
  return leg !== undefined && isHeldBack(state, leg);
};

const ASKS = { consult: 'Consult', alternate: 'Alternate', 'consult-transfer': 'ConsultTransfer' } as const;

const inHoldBacks = (state: SessionState): readonly string[] =>
  state.interactions.flatMap((node) => {
    if (!isKnown(node) || node.holdBack === null) return [];
    const { by, until } = node.holdBack;
    const answered = until !== null || isAsked(state, [ASKS[by]], node.path);
    return [
      ...(answered ? [] : [`${node.path} waits for an answer that nobody gives`]),
      ...(isHoldBackOver(state, node) ? [`${node.path} holds back nothing`] : []),
    ];
  });

const inGroups = (state: SessionState): readonly string[] =>
  state.groups
    .filter((group) => group.stage === 'LIVE' && group.state !== presentGroupState(state, group.path))
    .map(({ path }) => `the state of ${path} is not that of its channels`);

const inChannels = (state: SessionState): readonly string[] =>
  state.channels.flatMap((node) => {
    if (!isKnown(node)) return [];
    const { path, wrapUp, pending, agent } = node;
    const worked = wrapUp && knownInteraction(state, `${path}.${wrapUp.interaction}`);
    return [
      ...(wrapUp && node.state !== 'ACTIVE' ? [`after-call work on ${path}, which is not active`] : []),
      ...(wrapUp && worked === undefined ? [`after-call work on ${path} about nothing`] : []),
      ...(pending && !isBusy(agent) ? [`a status is pending on ${path}, which is not busy`] : []),
    ];
  });

const inInteractions = (state: SessionState): readonly string[] =>
  state.interactions.flatMap((node) => {
    if (!isKnown(node)) return [];
    const legs = legsOf(state, node.path);
    const connected = legs.some((leg) => isKnown(leg) && leg.role === 'primary' && leg.state === 'TALKING');
    const waiting = node.state === 'ALERTING' || node.state === 'DIALING';
    return [
      ...(legs.length > 2 ? [`${node.path} has more than two legs`] : []),
      ...(node.stage === 'LIVE' && connected && waiting ? [`${node.path} is talking and not started`] : []),
      ...(node.stage === 'DISPOSING' && legs.length > 0 ? [`${node.path} goes before its legs`] : []),
    ];
  });

/** Without a request of its own: for a channel to follow or to come in, or for the command before it. */
const waitsInTurn = (state: SessionState, pending: PendingCommand): boolean => {
  if (isSweep(pending)) return Boolean(pending.sweep?.awaited) || isGrowing(state, sweptPath(pending));
  return isAboutBook(pending) && bookWaits(state);
};

const inRequests = (state: SessionState): readonly string[] => {
  const { requests, commands } = state;
  const waited = new Set(requests.map(({ commandId }) => commandId));
  const orphaned = commands.filter(
    (pending) =>
      pending.command.type !== 'StartSession' &&
      pending.command.type !== 'LogOut' &&
      !waited.has(pending.commandId) &&
      !waitsInTurn(state, pending),
  );
  return [
    ...repeated(requests.map(({ requestId }) => requestId)).map((id) => `request ${id} is pending twice`),
    ...repeated(commands.map(({ commandId }) => commandId)).map((id) => `command ${id} is under way twice`),
    ...orphaned.map(({ commandId }) => `command ${commandId} waits for nothing`),
  ];
};

const inSession = (state: SessionState): readonly string[] => {
  const { phase, logOut, client, absence } = state;
  const idle = phase === 'NONE' || phase === 'PREPARED' || phase === 'STARTING' || phase === 'CLOSED';
  const logged = phase === 'LOGGING_OUT';
  return [
    ...(idle && allObjects(state).length > 0 ? [`objects in phase ${phase}`] : []),
    ...(logged !== (logOut !== null) ? ['a logout without its phase, or the phase without a logout'] : []),
    ...(client !== null && absence !== null ? ['bound and absent'] : []),
    ...(phase === 'CLOSED' && state.requests.length > 0 ? ['a closed session waits for the switch'] : []),
    ...(phase === 'STARTING' && state.requests.length === 0 ? ['the start waits for nothing'] : []),
    ...(logged && state.requests.length === 0 && !isHeld(state) ? ['the logout waits for nothing'] : []),
    ...state.deferred
      .filter((fact) => mayTakeEffect(state, fact))
      .map(({ type }) => `${type} waits for nothing`),
    ...state.deferred
      .filter(({ target }) => target.channel !== undefined && objectAt(state, target) === undefined)
      .map(({ type }) => `${type} waits for an object that is not there`),
  ];
};

const inLink = (state: SessionState): readonly string[] => {
  const { link, reconcile, phase, requests, deferred } = state;
  const lives = phase === 'INITIALIZING' || phase === 'STARTED' || phase === 'LOGGING_OUT';
  const asked = requests.some(({ request }) => request.type === 'CreateSession');
  const entering = allObjects(state).filter((node) => !isKnown(node));
  return [
    ...(link === 'down' && !lives ? [`the adapter is lost in phase ${phase}`] : []),
    ...(reconcile !== null && link !== 'down' ? ['what is up is reconciled'] : []),
    ...(reconcile !== null && (reconcile.stage === 'creating') !== asked ? ['nobody logs the agent in'] : []),
    ...(reconcile !== null && (reconcile.stage === 'waiting') !== (reconcile.retryAt !== null)
      ? ['a reconciliation waits for nothing']
      : []),
    ...(isHeld(state) ? entering.map(({ path }) => `${path} comes in while the adapter is away`) : []),
    ...(isForgotten(state) && deferred.length > 0 ? ['what will be read anew waits'] : []),
  ];
};

/** What is wrong with a state, in words; empty for every state that events can lead to. For tests and checkers. */
export const invariants = (state: SessionState): readonly string[] => [
  ...inSession(state),
  ...inLink(state),
  ...inTree(state),
  ...inGroups(state),
  ...inChannels(state),
  ...inInteractions(state),
  ...inHoldBacks(state),
  ...inRequests(state),
];
