import { formatTarget } from '@cordboard/kernel';
import { tellChannel } from '../channel/channel-steps.ts';
import { tellInteraction } from '../interaction/interaction-steps.ts';
import { knownChannel, knownConversation, knownGroup, objectAt } from '../objects.ts';
import { isKnown, type Known, type Staged } from '../placed.ts';
import { type Draft } from '../session/draft.ts';
import { allowedCommands } from '../session/refusal.ts';
import { type SessionState } from '../session/session-state.ts';

/** The agent is told of each object that was there `before` and now takes other commands. */
export const tellAllowed = (draft: Draft, before: SessionState): void => {
  const { groups, channels, interactions, conversations } = before;
  const changed = <Node extends Staged>(nodes: readonly Node[]): readonly Known[] =>
    nodes
      .filter((node) => isKnown(node))
      .filter(({ target }) => objectAt(draft.state(), target) !== undefined)
      .filter(
        ({ target }) =>
          allowedCommands(before, target).join() !== allowedCommands(draft.state(), target).join(),
      );
  for (const { path } of changed(groups)) {
    const group = knownGroup(draft.state(), path);
    if (group === undefined || group.state === null) continue;
    const { target, state } = group;
    draft.emit('ChannelGroupStateUpdated', target, { state, previousState: state });
  }
  for (const { path } of changed(channels)) {
    const channel = knownChannel(draft.state(), path);
    if (channel !== undefined) tellChannel(draft, channel, channel.state, channel.agent);
  }
  changed(interactions).forEach(({ path }) => tellInteraction(draft, path));
  for (const { target } of changed(conversations)) {
    const conversation = knownConversation(draft.state(), formatTarget(target));
    if (conversation === undefined) continue;
    const { state } = conversation;
    draft.emit('ConversationStateUpdated', target, { state, previousState: state });
  }
};
