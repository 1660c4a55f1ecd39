import { knownChannel, knownConversation, knownGroup, knownInteraction } from '../objects.ts';
import { tellChannel } from '../channel/channel-steps.ts';
import { childrenOf, type Placed, type Staged } from '../placed.ts';
import { isHeld } from '../reconcile/link-state.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { ask, type Draft } from './draft.ts';

type Dispose = Extract<SwitchRequest, { type: `Dispose${string}` }>['type'];

/**
 * Forced tear-down, bottom-up and at once: the switch is asked to let go of each object and nobody waits for
 * the answers (bridge D.9). Calls are not hung up by it. While the adapter is away nothing is asked: it holds only
 * what it is told of when it is back.
 */
export const letGo = (draft: Draft, node: Staged, type: Exclude<Dispose, 'DisposeSession'>): void => {
  if (isHeld(draft.state())) return;
  if (node.stage !== 'DISPOSING' && node.stage !== 'DROPPING') ask(draft, { type, target: node.target });
};

const below = <Node extends Placed>(
  nodes: readonly Node[],
  path: string,
  each: (path: string) => void,
): void => childrenOf(nodes, path).forEach((node) => each(node.path));

const tearDownConversation = (draft: Draft, path: string): void => {
  const node = draft.state().conversations.find((one) => one.path === path);
  if (node === undefined) return;
  const conversation = knownConversation(draft.state(), path);
  if (conversation !== undefined && conversation.state !== 'RELEASED') {
    const { target, state } = conversation;
    draft.emit('ConversationStateUpdated', target, { state: 'RELEASED', previousState: state });
  }
  letGo(draft, node, 'DisposeConversation');
  if (conversation !== undefined) draft.emit('ConversationDisposed', conversation.target, {});
};

export const tearDownInteraction = (draft: Draft, path: string): void => {
  const node = draft.state().interactions.find((one) => one.path === path);
  if (node === undefined) return;
  below(draft.state().conversations, path, (child) => tearDownConversation(draft, child));
  const interaction = knownInteraction(draft.state(), path);
  if (interaction !== undefined && interaction.state !== 'ENDED' && interaction.state !== 'COMPLETED') {
    const { target, state } = interaction;
    draft.emit('InteractionEnded', target, {});
    draft.emit('InteractionStateUpdated', target, { state: 'ENDED', previousState: state });
  }
  letGo(draft, node, 'DisposeInteraction');
  if (interaction !== undefined) draft.emit('InteractionDisposed', interaction.target, {});
};

/** `told`: the agent is told that an active channel became inactive before it goes. */
export const tearDownChannel = (draft: Draft, path: string, { told }: { readonly told: boolean }): void => {
  const node = draft.state().channels.find((one) => one.path === path);
  if (node === undefined) return;
  below(draft.state().interactions, path, (child) => tearDownInteraction(draft, child));
  const channel = knownChannel(draft.state(), path);
  if (told && channel?.state === 'ACTIVE') {
    tellChannel(draft, channel, 'INACTIVE', { ...channel.agent, status: 'not_ready' });
  }
  letGo(draft, node, 'DisposeChannel');
  const { channel: id = '', ...parent } = node.target;
  if (!isHeld(draft.state())) ask(draft, { type: 'RemoveChannel', target: parent, id });
  if (channel !== undefined) draft.emit('ChannelDisposed', channel.target, {});
};

/** The group with all its channels; the agent is told of each. */
export const tearDownGroup = (draft: Draft, path: string): void => {
  const node = draft.state().groups.find((one) => one.path === path);
  if (node === undefined) return;
  below(draft.state().channels, path, (child) => tearDownChannel(draft, child, { told: true }));
  const group = knownGroup(draft.state(), path);
  if (group !== undefined && group.state !== 'EMPTY') {
    const { target, state } = group;
    draft.emit('ChannelGroupStateUpdated', target, { state: 'EMPTY', previousState: state });
  }
  letGo(draft, node, 'DisposeChannelGroup');
  const { channelgroup: id = '', session } = node.target;
  if (!isHeld(draft.state())) ask(draft, { type: 'RemoveChannelGroup', target: { session }, id });
  if (group !== undefined) draft.emit('ChannelGroupDisposed', group.target, {});
};

/** Takes the whole tree down and lets the switch forget the session; the agent stays logged in there. */
export const tearDownSession = (draft: Draft): void => {
  const { session } = draft.state();
  below(draft.state().groups, session, (path) => tearDownGroup(draft, path));
  below(draft.state().channels, session, (path) => tearDownChannel(draft, path, { told: true }));
  ask(draft, { type: 'DisposeSession', target: { session } });
};
