import { formatTarget } from '@cordboard/kernel';
import { LIMITS } from '../limits.ts';
import { childTarget } from '../objects.ts';
import { isKnown, replaceAt } from '../placed.ts';
import { type EventData, type SessionEvent } from '../session-event.ts';
import { type SessionState } from '../session/session-state.ts';
import { type Channel, isBusy, isSupported, type KnownChannel, UNKNOWN_AGENT } from './channel.ts';

const opened = (channel: Channel): Channel => {
  if (channel.stage !== 'READ') return channel;
  const { reading, ...rest } = channel;
  const supported = isSupported(channel);
  const planned = supported ? [...new Set(reading.interactions.map(({ nativeId }) => nativeId))] : [];
  return {
    ...rest,
    stage: 'OPEN',
    state: reading.state,
    agent: (supported ? reading.agent : null) ?? UNKNOWN_AGENT,
    planned: planned.slice(0, LIMITS.children),
    dialling: null,
  };
};

const change = (
  state: SessionState,
  path: string,
  next: (channel: KnownChannel) => KnownChannel,
): SessionState => ({
  ...state,
  channels: replaceAt(state.channels, path, (channel) => (isKnown(channel) ? next(channel) : channel)),
});

export const channelCreated = (
  state: SessionState,
  event: Extract<SessionEvent, { type: 'ChannelCreated' }>,
): SessionState => {
  const path = formatTarget(childTarget('channel', event.target, event.data.channel.id));
  return { ...state, channels: replaceAt(state.channels, path, opened) };
};

export const channelInfoChanged = (
  state: SessionState,
  path: string,
  data: EventData['ChannelInfoChanged'],
): SessionState =>
  change(state, path, (channel) => ({
    ...channel,
    state: data.state,
    agent: data.agentStatus,
    pending: data.pending,
    afterCallWorkEndsAt: data.afterCallWorkEndsAt,
    dialling: channel.dialling !== null && isBusy(data.agentStatus) ? { paired: true } : channel.dialling,
  }));

export const channelStateUpdated = (
  state: SessionState,
  path: string,
  data: EventData['ChannelStateUpdated'],
): SessionState => change(state, path, (channel) => ({ ...channel, state: data.state }));

export const channelInitialized = (state: SessionState, path: string): SessionState =>
  change(state, path, (channel) => ({ ...channel, stage: 'LIVE' }));

export const afterCallWorkBegan = (
  state: SessionState,
  path: string,
  wrapUp: EventData['AfterCallWorkBegan'],
): SessionState => change(state, path, (channel) => ({ ...channel, wrapUp }));

export const afterCallWorkEnded = (state: SessionState, path: string): SessionState =>
  change(state, path, (channel) => ({ ...channel, wrapUp: undefined }));

/** The call that was dialled has shown up. */
export const dialledCallFound = (state: SessionState, path: string): SessionState =>
  change(state, path, (channel) => ({ ...channel, dialling: null }));
