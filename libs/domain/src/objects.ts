import { formatTarget, type ObjectKind, type Target, targetKind } from '@cordboard/kernel';
import { type KnownChannel } from './channel/channel.ts';
import { type KnownGroup } from './channel-group/channel-group.ts';
import { type KnownConversation } from './conversation/conversation.ts';
import { type KnownInteraction } from './interaction/interaction.ts';
import { findAt, isKnown, isWithin, type Placed, type Staged, withoutTree } from './placed.ts';
import { type SessionState } from './session/session-state.ts';

/** Lookups in the tree by path; what is on its way in and not announced yet is not found by `known*`. */
export const knownGroup = (state: SessionState, path: string): KnownGroup | undefined => {
  const node = findAt(state.groups, path);
  return node !== undefined && isKnown(node) ? node : undefined;
};

export const knownChannel = (state: SessionState, path: string): KnownChannel | undefined => {
  const node = findAt(state.channels, path);
  return node !== undefined && isKnown(node) ? node : undefined;
};

export const knownInteraction = (state: SessionState, path: string): KnownInteraction | undefined => {
  const node = findAt(state.interactions, path);
  return node !== undefined && isKnown(node) ? node : undefined;
};

export const knownConversation = (state: SessionState, path: string): KnownConversation | undefined => {
  const node = findAt(state.conversations, path);
  return node !== undefined && isKnown(node) ? node : undefined;
};

const LISTS = {
  channelgroup: 'groups',
  channel: 'channels',
  interaction: 'interactions',
  conversation: 'conversations',
} as const satisfies Record<Exclude<ObjectKind, 'session'>, keyof SessionState>;

/** The object that a target addresses, at whatever stage; undefined for the session itself. */
export const objectAt = (state: SessionState, target: Target): Staged | undefined => {
  const kind = targetKind(target);
  const nodes: readonly Staged[] = kind === 'session' ? [] : state[LISTS[kind]];
  return findAt(nodes, formatTarget(target));
};

/** Every object below the session, parents before children. */
export const allObjects = (state: SessionState): readonly Staged[] => [
  ...state.groups,
  ...state.channels,
  ...state.interactions,
  ...state.conversations,
];

/** The state without the object at `path` and all below it, facts that wait for them included. */
export const withoutObject = (state: SessionState, path: string): SessionState => ({
  ...state,
  groups: withoutTree(state.groups, path),
  channels: withoutTree(state.channels, path),
  interactions: withoutTree(state.interactions, path),
  conversations: withoutTree(state.conversations, path),
  deferred: state.deferred.filter(({ target }) => !isWithin(formatTarget(target), path)),
});

/** The target of a child of `parent`. */
export const childTarget = (kind: Exclude<ObjectKind, 'session'>, parent: Target, id: string): Target => ({
  ...parent,
  [kind]: id,
});

/** Where the child that a registration brings in stands. */
export const placed = (
  kind: Exclude<ObjectKind, 'session'>,
  registration: { readonly target: Target; readonly id: string; readonly nativeId: string },
): Placed => {
  const target = childTarget(kind, registration.target, registration.id);
  return {
    path: formatTarget(target),
    parent: formatTarget(registration.target),
    target,
    nativeId: registration.nativeId,
  };
};
