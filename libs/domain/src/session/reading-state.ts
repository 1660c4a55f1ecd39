import { LIMITS } from '../limits.ts';
import { type Awaiting, childrenOf, replaceAt, type Staged } from '../placed.ts';
import { type SwitchReading } from '../switch-request.ts';
import { type SessionState } from './session-state.ts';

const take = <Reading, Node extends Staged>(
  node: Node,
  reading: Reading,
): Node | (Node & Awaiting<Reading>) =>
  node.stage === 'READING' ? { ...node, stage: 'READ', reading } : node;

type PlannedChannel = SessionState['plannedChannels'][number];

const freshChannels = (
  { channels, session }: SessionState,
  read: readonly PlannedChannel[],
): readonly PlannedChannel[] => {
  const known = new Set(childrenOf(channels, session).map(({ nativeId }) => nativeId));
  return read.filter(({ nativeId }) => !known.has(nativeId) && known.add(nativeId)).slice(0, LIMITS.children);
};

/** Keeps what the switch said about an object until the event that announces it. */
export const readingTaken = (state: SessionState, path: string, reading: SwitchReading): SessionState => {
  switch (reading.of) {
    case 'session': {
      const known = new Set(state.groups.map(({ nativeId }) => nativeId));
      const fresh = reading.groups.filter(({ nativeId }) => !known.has(nativeId) && known.add(nativeId));
      const plannedGroups = fresh
        .slice(0, LIMITS.children)
        .map(({ nativeId, name }) => ({ nativeId, name: name ?? nativeId }));
      return { ...state, plannedGroups, plannedChannels: freshChannels(state, reading.channels ?? []) };
    }
    case 'channelgroup':
      return { ...state, groups: replaceAt(state.groups, path, (node) => take(node, reading)) };
    case 'channel':
      return { ...state, channels: replaceAt(state.channels, path, (node) => take(node, reading)) };
    case 'interaction':
      return { ...state, interactions: replaceAt(state.interactions, path, (node) => take(node, reading)) };
    case 'conversation':
      return { ...state, conversations: replaceAt(state.conversations, path, (node) => take(node, reading)) };
    default:
      return state;
  }
};
