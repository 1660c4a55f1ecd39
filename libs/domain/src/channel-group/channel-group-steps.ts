import { parentTarget } from '@cordboard/kernel';
import { knownGroup } from '../objects.ts';
import { childrenOf, findAt, isKnown } from '../placed.ts';
import { type Draft } from '../session/draft.ts';
import { type SessionState } from '../session/session-state.ts';
import { type ChannelGroupState, type ChannelState } from '../values.ts';

/** What a group's state is when its channels stand like this (agent protocol D3). */
export const groupStateOf = (channels: readonly ChannelState[]): ChannelGroupState => {
  if (channels.length === 0) return 'EMPTY';
  const active = channels.filter((state) => state === 'ACTIVE').length;
  if (active === 0) return 'INACTIVE';
  return active === channels.length ? 'ACTIVE' : 'PARTIAL';
};

/** The state that a group has now; what differs from the one announced last is yet to be told. */
export const presentGroupState = (state: SessionState, path: string): ChannelGroupState =>
  groupStateOf(
    childrenOf(state.channels, path)
      .filter((channel) => isKnown(channel))
      .map((channel) => channel.state),
  );

/** Announces a group whose reading has been answered. */
export const announceGroup = (draft: Draft, path: string): void => {
  const node = findAt(draft.state().groups, path);
  if (node?.stage !== 'READ') return;
  const { target, name } = node;
  draft.emit('ChannelGroupCreated', parentTarget(target), {
    channelgroup: { id: target.channelgroup ?? '', name },
  });
  const planned = knownGroup(draft.state(), path)?.planned ?? [];
  draft.emit('ChannelGroupStateUpdated', target, {
    state: planned.length === 0 ? 'EMPTY' : 'INACTIVE',
    previousState: null,
  });
};

/** Tells the state of a group if it is another than the one told last. */
export const updateGroup = (draft: Draft, path: string): boolean => {
  const group = knownGroup(draft.state(), path);
  if (group === undefined) return false;
  const state = presentGroupState(draft.state(), path);
  if (state === group.state) return false;
  draft.emit('ChannelGroupStateUpdated', group.target, { state, previousState: group.state });
  return true;
};

/** Ends the set-up of a group all of whose channels are in. */
export const finishGroup = (draft: Draft, path: string): void => {
  updateGroup(draft, path);
  const group = knownGroup(draft.state(), path);
  if (group !== undefined) draft.emit('ChannelGroupInitialized', group.target, {});
};
