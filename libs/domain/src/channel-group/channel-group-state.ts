import { formatTarget } from '@cordboard/kernel';
import { childTarget } from '../objects.ts';
import { isKnown, replaceAt } from '../placed.ts';
import { LIMITS } from '../limits.ts';
import { type EventData, type SessionEvent } from '../session-event.ts';
import { type SessionState } from '../session/session-state.ts';
import { type ChannelGroup, type KnownGroup } from './channel-group.ts';

type Event<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;

const opened = (group: ChannelGroup): ChannelGroup => {
  if (group.stage !== 'READ') return group;
  const { reading, ...rest } = group;
  const seen = new Set<string>();
  const planned = reading.channels.filter(({ nativeId }) => !seen.has(nativeId) && seen.add(nativeId));
  return { ...rest, stage: 'OPEN', planned: planned.slice(0, LIMITS.children), state: null };
};

const change = (
  state: SessionState,
  path: string,
  next: (group: KnownGroup) => KnownGroup,
): SessionState => ({
  ...state,
  groups: replaceAt(state.groups, path, (group) => (isKnown(group) ? next(group) : group)),
});

export const channelGroupCreated = (
  state: SessionState,
  event: Event<'ChannelGroupCreated'>,
): SessionState => {
  const path = formatTarget(childTarget('channelgroup', event.target, event.data.channelgroup.id));
  return { ...state, groups: replaceAt(state.groups, path, opened) };
};

export const channelGroupStateUpdated = (
  state: SessionState,
  path: string,
  data: EventData['ChannelGroupStateUpdated'],
): SessionState => change(state, path, (group) => ({ ...group, state: data.state }));

export const channelGroupInitialized = (state: SessionState, path: string): SessionState =>
  change(state, path, (group) => ({ ...group, stage: 'LIVE' }));
