import { formatTarget, parentTarget, type Target } from '@cordboard/kernel';
import { isReady, isSupported, type KnownChannel } from '../channel/channel.ts';
import { sameAgent, tellChannel } from '../channel/channel-steps.ts';
import { groupStateOf } from '../channel-group/channel-group-steps.ts';
import { LOGOUT_RETRY_MS } from '../limits.ts';
import { isKnown } from '../placed.ts';
import { knownChannel } from '../objects.ts';
import { type SwitchAnswer, type SwitchRequest } from '../switch-request.ts';
import { readBookAgain } from './address-book.ts';
import { commandUnderWay, complete, isAsked, outcomeOf } from './commands-under-way.ts';
import { canActivate } from './capabilities.ts';
import { closeSession } from './close.ts';
import { ask, type Draft, sessionTarget } from './draft.ts';
import { breaksOff, stepKey } from './request-state.ts';
import { type LogOut, type PendingRequest, type SessionState } from './session-state.ts';
import { readSession } from './start.ts';

const removal = (target: Target): readonly SwitchRequest[] => {
  const parent = parentTarget(target);
  return target.channel === undefined
    ? [
        { type: 'DisposeChannelGroup', target },
        { type: 'RemoveChannelGroup', target: parent, id: target.channelgroup ?? '' },
      ]
    : [
        { type: 'DisposeChannel', target },
        { type: 'RemoveChannel', target: parent, id: target.channel },
      ];
};

const reasonOf = (state: SessionState): { readonly reason?: string } => {
  const command = commandUnderWay(state, state.logOut?.commandId)?.command;
  return command?.type === 'LogOut' && command.reason !== undefined ? { reason: command.reason } : {};
};

/** Every step that a logout takes from here on, in order (bridge D.9). */
const stepsOf = (state: SessionState): readonly SwitchRequest[] => {
  const reason = reasonOf(state);
  const channels = state.channels.filter((channel) => isKnown(channel));
  // Once channels are given up the log-out of the agent alone may break the logout off.
  const gives = [...channels, ...state.groups].some(({ stage }) => stage === 'DISPOSING');
  const active = gives ? [] : channels.filter(({ stage, state: is }) => stage === 'LIVE' && is === 'ACTIVE');
  const session = { session: state.session };
  return [
    ...active
      .filter(isReady)
      .map(({ target }) => ({ type: 'MakeNotReady', target, reasonCode: 'logout' }) as const),
    ...(canActivate(state) ? active.filter(isSupported) : []).map(
      ({ target }) => ({ type: 'DeactivateChannel', target, ...reason }) as const,
    ),
    ...state.interactions.map(({ target }) => ({ type: 'DisposeInteraction', target }) as const),
    ...channels.flatMap(({ target }) => removal(target)),
    ...state.groups.flatMap(({ target }) => removal(target)),
    { type: 'LogOutAgent', target: session, ...reason },
    { type: 'DisposeSession', target: session },
  ];
};

/** Tells of everything that the logout took away, children first; true when something has to be set up anew. */
const tellDisposed = (draft: Draft): boolean => {
  const { interactions, channels, groups } = draft.state();
  const gone = ({ path, stage }: { path: string; stage: string }): boolean =>
    stage === 'DISPOSING' &&
    !isAsked(draft.state(), ['DisposeInteraction', 'DisposeChannel', 'DisposeChannelGroup'], path);
  interactions.filter(gone).forEach(({ target }) => draft.emit('InteractionDisposed', target, {}));
  const goneChannels = channels.filter(gone);
  goneChannels.forEach(({ target }) => draft.emit('ChannelDisposed', target, {}));
  const goneGroups = groups.filter(gone);
  goneGroups.forEach(({ target }) => draft.emit('ChannelGroupDisposed', target, {}));
  return goneGroups.length > 0 || goneChannels.some(({ parent }) => parent === draft.state().session);
};

const LEAVES: ReadonlySet<SwitchRequest['type']> = new Set(['MakeNotReady', 'DeactivateChannel']);

/** A step that can still break the logout off is out, though the channel may have changed meanwhile. */
const isWaiting = ({ requests }: SessionState, { commandId: id }: LogOut): boolean =>
  requests.some(({ request, commandId }) => LEAVES.has(request.type) && (commandId ?? null) === id);

/** Asks for the next step of a logout, or ends it; true when something was emitted. */
export const logOutStep = (draft: Draft): boolean => {
  const state = draft.state();
  const { logOut } = state;
  if (logOut === null) return false;
  const next = stepsOf(state).find((step) => !logOut.done.includes(stepKey(step)));
  if (next === undefined) {
    tellDisposed(draft);
    closeSession(draft, logOut.commandId === null ? 'abandoned' : 'logged-out');
    return true;
  }
  if (isWaiting(state, logOut) || isAsked(state, [next.type], formatTarget(next.target))) return false;
  ask(draft, next, logOut.commandId ?? undefined);
  return true;
};

export const beginLogOut = (draft: Draft, commandId?: string): void =>
  draft.emit('LogOutBegan', sessionTarget(draft), commandId === undefined ? {} : { commandId });

const statesOf = (
  channels: readonly { readonly path: string; readonly state: KnownChannel['state'] }[],
  group: string,
): readonly KnownChannel['state'][] =>
  channels.filter(({ path }) => path.startsWith(`${group}.`)).map(({ state }) => state);

/** The session goes on, so the agent has to hear what the logout has changed (agent protocol D1). */
const tellChanges = (draft: Draft, { before, moved = false }: LogOut): void => {
  for (const { path, state, agent } of before) {
    const channel = knownChannel(draft.state(), path);
    if (channel === undefined) continue;
    // The time of after-call work was given up with the logout.
    const timed = channel.afterCallWorkEndsAt !== undefined && channel.wrapUp === undefined;
    if (!moved && !timed && channel.state === state && sameAgent(channel.agent, agent)) continue;
    tellChannel(draft, { ...channel, state }, channel.state, channel.agent);
  }
  for (const group of draft.state().groups) {
    if (!isKnown(group) || group.state === null) continue;
    const previousState = groupStateOf(statesOf(before, group.path));
    const { target, state } = group;
    if (moved || previousState !== state)
      draft.emit('ChannelGroupStateUpdated', target, { state, previousState });
  }
};

/**
 * Breaks a logout off. Channels that it has disposed already are gone for the agent too; the session is read
 * again so that they come back, and the logout may be tried again.
 */
const failLogOut = (draft: Draft, logOut: LogOut, answer: SwitchAnswer): void => {
  const { absence, policy } = draft.state();
  const waits = absence !== null && policy.whenLapsed !== 'keep';
  const retryAt = waits ? draft.at + Math.max(policy.resumeMs, LOGOUT_RETRY_MS) : null;
  draft.emit('LogOutFailed', sessionTarget(draft), { retryAt });
  tellChanges(draft, logOut);
  const emptied = tellDisposed(draft);
  complete(draft, logOut.commandId, outcomeOf(answer));
  if (emptied) readSession(draft);
  readBookAgain(draft);
};

/** Goes on with a logout after an answer to one of its steps. */
export const followLogOut = (
  draft: Draft,
  { request, commandId }: PendingRequest,
  answer: SwitchAnswer,
): void => {
  const { logOut } = draft.state();
  if (logOut === null || (logOut.commandId ?? undefined) !== commandId) return;
  if (breaksOff(request, answer)) failLogOut(draft, logOut, answer);
};
