import { formatTarget } from '@cordboard/kernel';
import { isOngoing } from '../interaction/interaction.ts';
import { knownChannel, knownInteraction } from '../objects.ts';
import { childrenOf } from '../placed.ts';
import { isCut } from '../reconcile/link-state.ts';
import { ask, type Draft } from '../session/draft.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { type PendingStatus } from '../values.ts';
import { baseStatus, type KnownChannel, type WrapUp } from './channel.ts';
import { tellChannel } from './channel-steps.ts';

type StatusRequest = Extract<SwitchRequest, { type: 'MakeReady' | 'MakeNotReady' }>;

const AWAY: PendingStatus = { status: 'not_ready', reasonCode: 'logout', reasonName: '' };

/** The status that a request to the switch asks for. */
export const askedStatus = (request: StatusRequest): PendingStatus => {
  if (request.type === 'MakeReady') return { status: 'ready', reasonCode: '', reasonName: '' };
  const { reasonCode, reasonName = '' } = request;
  return { status: reasonCode === 'acw' ? 'after_call_work' : 'not_ready', reasonCode, reasonName };
};

/** What the agent becomes after the work: what was asked for meanwhile, else what the agent was before. */
const nextOf = ({ pending, agent }: KnownChannel): PendingStatus | null => {
  if (pending !== undefined) return pending;
  const status = baseStatus(agent);
  if (status === 'ready') return { status, reasonCode: '', reasonName: '' };
  if (status !== 'not_ready') return null;
  const { lastReasonCode: reasonCode, lastReasonName: reasonName } = agent;
  return reasonCode === '' ? AWAY : { status, reasonCode, reasonName };
};

/** An interaction has ended: where its queue says so, and no other goes on, the agent is taken into after-call work. */
export const beginAfterCallWork = (draft: Draft, path: string): void => {
  const state = draft.state();
  const interaction = knownInteraction(state, path);
  if (interaction === undefined || !interaction.accepted) return;
  if (state.phase === 'LOGGING_OUT' || isCut(state)) return;
  const wrapUpMs = interaction.rule?.wrapUpMs ?? 0;
  const channel = knownChannel(state, interaction.parent);
  if (wrapUpMs <= 0 || channel?.state !== 'ACTIVE' || channel.wrapUp !== undefined) return;
  if (childrenOf(state.interactions, channel.path).some(isOngoing)) return;
  const { target, agent } = channel;
  draft.emit('AfterCallWorkBegan', target, {
    endsAt: draft.at + wrapUpMs,
    interaction: interaction.target.interaction ?? '',
    next: nextOf(channel),
  });
  if (baseStatus(agent) !== 'after_call_work')
    ask(draft, { type: 'MakeNotReady', target, reasonCode: 'acw' });
  else tellAgain(draft, channel.path);
};

const tellAgain = (draft: Draft, path: string): void => {
  const channel = knownChannel(draft.state(), path);
  if (channel !== undefined) tellChannel(draft, channel, channel.state, channel.agent);
};

/** Nobody is offered a call in front of an empty chair, not even when the work of an absent agent is over. */
const askNext = (draft: Draft, { target }: KnownChannel, next: PendingStatus): void => {
  const { status, reasonCode, reasonName } = draft.state().absence?.lapsed === true ? AWAY : next;
  if (status === 'ready') return ask(draft, { type: 'MakeReady', target });
  ask(draft, {
    type: 'MakeNotReady',
    target,
    reasonCode,
    ...(reasonName === '' ? {} : { reasonName }),
  });
};

const end = (
  draft: Draft,
  channel: KnownChannel,
  { next }: WrapUp,
  reason: 'elapsed' | 'completed',
): void => {
  draft.emit('AfterCallWorkEnded', channel.target, { reason });
  if (next !== null && next.status !== 'after_call_work') askNext(draft, channel, next);
  else if (channel.afterCallWorkEndsAt !== undefined) tellAgain(draft, channel.path);
};

/** Ends after-call work when its time is over or its interaction is completed; true when something was emitted. */
export const afterCallWorkStep = (draft: Draft): boolean => {
  const state = draft.state();
  return state.channels.some(({ path }) => {
    const channel = knownChannel(state, path);
    const wrapUp = channel?.wrapUp;
    if (channel === undefined || wrapUp === undefined) return false;
    const interaction = knownInteraction(state, `${path}.${wrapUp.interaction}`);
    const over = interaction === undefined || interaction.state === 'COMPLETED';
    if (!over && wrapUp.endsAt > draft.at) return false;
    end(draft, channel, wrapUp, over ? 'completed' : 'elapsed');
    return true;
  });
};

/** The agent has left after-call work before its end: the timer has nothing left to do. */
export const leaveAfterCallWork = (
  draft: Draft,
  { target, wrapUp }: KnownChannel,
  reason: 'changed' | 'refused',
): void => {
  if (wrapUp !== undefined) draft.emit('AfterCallWorkEnded', target, { reason });
};

/** The switch refused what the engine asked for by itself: nothing is tried again, and no time is shown any more. */
export const afterCallWorkRefused = (draft: Draft, request: StatusRequest): void => {
  const channel = knownChannel(draft.state(), formatTarget(request.target));
  if (channel === undefined) return;
  const begins = askedStatus(request).status === 'after_call_work';
  if (begins && baseStatus(channel.agent) !== 'after_call_work')
    leaveAfterCallWork(draft, channel, 'refused');
  if (channel.wrapUp === undefined && channel.afterCallWorkEndsAt !== undefined)
    tellAgain(draft, channel.path);
};

/** The agent asked for a status and the switch agreed: it ends after-call work, or is what comes after it. */
export const statusAgreed = (draft: Draft, channel: KnownChannel, asked: PendingStatus): void => {
  const { wrapUp, target, agent } = channel;
  if (wrapUp === undefined) return;
  if (baseStatus(agent) === 'after_call_work') return leaveAfterCallWork(draft, channel, 'changed');
  draft.emit('AfterCallWorkBegan', target, { ...wrapUp, next: asked });
};
