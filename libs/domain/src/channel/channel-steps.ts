import { parentTarget } from '@cordboard/kernel';
import { knownChannel } from '../objects.ts';
import { findAt } from '../placed.ts';
import { type EventData } from '../session-event.ts';
import { type Draft } from '../session/draft.ts';
import { type AgentInfo, type ChannelState } from '../values.ts';
import { baseStatus, isBusy, type KnownChannel } from './channel.ts';

/** Announces a channel whose reading has been answered (agent protocol D2). */
export const announceChannel = (draft: Draft, path: string): void => {
  const node = findAt(draft.state().channels, path);
  if (node?.stage !== 'READ') return;
  const { target, nativeId, type } = node;
  const id = target.channel ?? '';
  draft.emit('ChannelCreated', parentTarget(target), {
    channel: { id, name: nativeId, type, modelType: type },
  });
  const channel = knownChannel(draft.state(), path);
  if (channel === undefined) return;
  const { state, agent } = channel;
  if (state !== 'INACTIVE') draft.emit('ChannelInfoChanged', target, { state, agentStatus: agent });
  draft.emit('ChannelStateUpdated', target, { state, previousState: null });
};

/** What is on its way: the status asked for, while the agent is busy, and the end of after-call work. */
const underWay = (
  { pending, wrapUp }: Pick<KnownChannel, 'pending' | 'wrapUp'>,
  state: ChannelState,
  agent: AgentInfo,
): Pick<EventData['ChannelInfoChanged'], 'pending' | 'afterCallWorkEndsAt'> => {
  if (state !== 'ACTIVE') return {};
  const wrapsUp = wrapUp !== undefined && baseStatus(agent) === 'after_call_work';
  return {
    ...(pending !== undefined && isBusy(agent) ? { pending } : {}),
    ...(wrapsUp ? { afterCallWorkEndsAt: wrapUp.endsAt } : {}),
  };
};

/** Tells how a channel stands: always the two events, in this order (agent protocol D6-19). */
export const tellChannel = (
  draft: Draft,
  channel: Pick<KnownChannel, 'target' | 'state' | 'pending' | 'wrapUp'>,
  state: ChannelState,
  agentStatus: AgentInfo,
): void => {
  const { target, state: previousState } = channel;
  draft.emit('ChannelInfoChanged', target, { state, agentStatus, ...underWay(channel, state, agentStatus) });
  draft.emit('ChannelStateUpdated', target, { state, previousState });
};

export const sameAgent = (one: AgentInfo, other: AgentInfo): boolean =>
  one.status === other.status &&
  one.lastReasonCode === other.lastReasonCode &&
  one.lastReasonName === other.lastReasonName;
