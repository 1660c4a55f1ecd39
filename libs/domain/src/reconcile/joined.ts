import { formatTarget, type Target, targetKind } from '@cordboard/kernel';
import { isKnown, type KnownStage, replaceAt, type Staged } from '../placed.ts';
import { type Joined } from '../session-event.ts';
import { type SessionState } from '../session/session-state.ts';

type KnownNode<Node extends Staged> = Extract<Node, { stage: KnownStage }>;

const change = <Node extends Staged>(
  nodes: readonly Node[],
  path: string,
  next: (node: KnownNode<Node>) => Node,
): readonly Node[] => replaceAt(nodes, path, (node) => (isKnown(node) ? next(node) : node));

const channelsIn = (joined: readonly Joined[]) =>
  joined.flatMap(({ nativeId, channelType }) =>
    channelType === undefined ? [] : [{ nativeId, channelType }],
  );

const groupsIn = (joined: readonly Joined[]) =>
  joined
    .filter(({ channelType }) => channelType === undefined)
    .map(({ nativeId, name }) => ({ nativeId, name: name ?? nativeId }));

/** What the switch has and the session had not is planned, so that the set-up brings it in (bridge D.15). */
export const planJoined = (state: SessionState, target: Target, joined: readonly Joined[]): SessionState => {
  const path = formatTarget(target);
  switch (targetKind(target)) {
    case 'session':
      return {
        ...state,
        plannedGroups: [...state.plannedGroups, ...groupsIn(joined)],
        plannedChannels: [...state.plannedChannels, ...channelsIn(joined)],
      };
    case 'channelgroup': {
      const groups = change(state.groups, path, (node) => ({
        ...node,
        planned: [...node.planned, ...channelsIn(joined)],
      }));
      return { ...state, groups };
    }
    case 'channel': {
      const channels = change(state.channels, path, (node) => ({
        ...node,
        planned: [...node.planned, ...joined.map(({ nativeId }) => nativeId)],
      }));
      return { ...state, channels };
    }
    case 'interaction': {
      const legs = joined.map(({ nativeId, role = 'primary' }) => ({ nativeId, role }));
      const interactions = change(state.interactions, path, (node) => ({
        ...node,
        planned: [...node.planned, ...legs],
      }));
      return { ...state, interactions };
    }
    case 'conversation':
      return state;
  }
};
