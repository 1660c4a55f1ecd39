import { finishGroup } from '../channel-group/channel-group-steps.ts';
import { finishInteraction } from '../interaction/interaction-steps.ts';
import { knownChannel, knownGroup, knownInteraction } from '../objects.ts';
import { childrenOf, isOnItsWayIn, type Known, type Staged } from '../placed.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { ask, type Draft, sessionTarget } from './draft.ts';

interface Branch {
  /** The parent is all announced: its children come in side by side, not one after another. */
  readonly live: boolean;
  readonly children: readonly Staged[];
  /** Goes on with one child; true when something was emitted. */
  readonly descend: (path: string) => boolean;
  /** The registration of the next planned child. */
  readonly next: () => SwitchRequest | undefined;
  /** Says that the parent is all announced; never called for one that is. */
  readonly finish: () => void;
}

/** The next step of the set-up below one object: depth first, in the order of the reading (bridge D.4, D.15). */
const branchStep = (draft: Draft, { live, children, descend, next, finish }: Branch): boolean => {
  if (children.some(({ path }) => descend(path))) return true;
  if (!live && children.some(isOnItsWayIn)) return false;
  const registration = next();
  if (registration !== undefined) ask(draft, registration);
  else if (!live) finish();
  return registration !== undefined || !live;
};

const isGrowing = (node: Known | undefined): node is Known =>
  node?.stage === 'OPEN' || node?.stage === 'LIVE';

const interactionStep = (draft: Draft, path: string): boolean => {
  const state = draft.state();
  const node = knownInteraction(state, path);
  if (node === undefined || !isGrowing(node)) return false;
  return branchStep(draft, {
    live: node.stage === 'LIVE',
    children: childrenOf(state.conversations, path),
    descend: () => false,
    next: () =>
      node.planned[0] && {
        type: 'RegisterConversation',
        target: node.target,
        id: draft.newId(),
        nativeId: node.planned[0].nativeId,
      },
    finish: () => finishInteraction(draft, path),
  });
};

const channelStep = (draft: Draft, path: string): boolean => {
  const state = draft.state();
  const node = knownChannel(state, path);
  if (node === undefined || !isGrowing(node)) return false;
  return branchStep(draft, {
    live: node.stage === 'LIVE',
    children: childrenOf(state.interactions, path),
    descend: (child) => interactionStep(draft, child),
    next: () => {
      const [nativeId] = node.planned;
      if (nativeId === undefined) return undefined;
      return { type: 'RegisterInteraction', target: node.target, id: draft.newId(), nativeId };
    },
    finish: () => draft.emit('ChannelInitialized', node.target, {}),
  });
};

const groupStep = (draft: Draft, path: string): boolean => {
  const state = draft.state();
  const node = knownGroup(state, path);
  if (node === undefined || !isGrowing(node)) return false;
  return branchStep(draft, {
    live: node.stage === 'LIVE',
    children: childrenOf(state.channels, path),
    descend: (child) => channelStep(draft, child),
    next: () =>
      node.planned[0] && {
        type: 'RegisterChannel',
        target: node.target,
        id: draft.newId(),
        ...node.planned[0],
      },
    finish: () => finishGroup(draft, path),
  });
};

/** Takes the set-up of the session's objects one step on; true when something was emitted. */
export const setUpStep = (draft: Draft): boolean => {
  const state = draft.state();
  if (state.phase !== 'INITIALIZING' && state.phase !== 'STARTED') return false;
  const target = sessionTarget(draft);
  return branchStep(draft, {
    live: state.phase === 'STARTED',
    children: [...state.groups, ...childrenOf(state.channels, state.session)],
    descend: (path) => groupStep(draft, path) || channelStep(draft, path),
    next: () => {
      const [group] = state.plannedGroups;
      const [channel] = state.plannedChannels;
      if (group !== undefined) {
        return { type: 'RegisterChannelGroup', target, id: draft.newId(), nativeId: group.nativeId };
      }
      return channel && { type: 'RegisterChannel', target, id: draft.newId(), ...channel };
    },
    finish: () => draft.emit('SessionInitialized', target, {}),
  });
};
