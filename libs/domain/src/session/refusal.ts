import { formatTarget, type ObjectKind, type Target, targetKind } from '@cordboard/kernel';
import { refuseOnChannel } from '../channel/channel-refusal.ts';
import { refuseOnGroup } from '../channel-group/channel-group-refusal.ts';
import {
  type ChannelCommand,
  type CommandType,
  type ConversationCommand,
  type InteractionCommand,
  type SessionCommand,
} from '../command.ts';
import { COMMAND_TYPES, commandKind } from '../command-kinds.ts';
import { refuseOnConversation } from '../conversation/conversation-refusal.ts';
import { type Interaction } from '../interaction/interaction.ts';
import { refuseOnInteraction } from '../interaction/interaction-refusal.ts';
import { LIMITS } from '../limits.ts';
import { knownChannel, knownConversation, knownGroup, knownInteraction } from '../objects.ts';
import { isKnown, type Known } from '../placed.ts';
import { type Rejection } from '../rejection.ts';
import { refuse, refuseInPhase, refuseOnSession } from './refusal-session.ts';
import { type SessionState } from './session-state.ts';

const unknown = (): Rejection => refuse('UNKNOWN_TARGET', 'There is no such object in this session.');

const on = <Node extends Known>(
  node: Node | undefined,
  check: (node: Node) => Rejection | null,
): Rejection | null => {
  if (node === undefined) return unknown();
  return node.stage === 'DISPOSING'
    ? refuse('INVALID_STATE', 'The object is being disposed of.')
    : check(node);
};

const refuseOnObject = (state: SessionState, type: CommandType, target: Target): Rejection | null => {
  const path = formatTarget(target);
  switch (commandKind(type)) {
    case 'session':
      return refuseOnSession(state, type as SessionCommand['type']);
    case 'channelgroup':
      return on(knownGroup(state, path), (node) => refuseOnGroup(state, node));
    case 'channel':
      return on(knownChannel(state, path), (node) =>
        refuseOnChannel(state, node, type as ChannelCommand['type']),
      );
    case 'interaction':
      return on(knownInteraction(state, path), (node) =>
        refuseOnInteraction(state, node, type as InteractionCommand['type']),
      );
    case 'conversation':
      return on(knownConversation(state, path), (node) =>
        refuseOnConversation(state, node, type as ConversationCommand['type']),
      );
  }
};

/** Why the session does not take such a command on such an object now; null when it does. */
export const refusal = (state: SessionState, type: CommandType, target: Target): Rejection | null => {
  const inPhase = refuseInPhase(state, type === 'StartSession');
  if (inPhase !== null) return inPhase;
  if (targetKind(target) !== commandKind(type) || target.session !== state.session) return unknown();
  if (state.commands.length >= LIMITS.commands) {
    return refuse('INVALID_STATE', 'Too many commands are waiting for an answer. Wait for some of them.');
  }
  return refuseOnObject(state, type, target);
};

/** A call without the moment in which its legs are exchanged or joined. */
const atEase = (interaction: Interaction): Interaction =>
  isKnown(interaction) && interaction.holdBack !== null && interaction.holdBack.by !== 'consult'
    ? { ...interaction, holdBack: null }
    : interaction;

/**
 * The state without what passes by itself: requests under way, and for channels the calls on them. None of them
 * makes the object's own state change when it is over, so nobody would tell the agent.
 */
const atRest = (state: SessionState, kind: ObjectKind): SessionState => ({
  ...state,
  commands: [],
  requests: [],
  interactions: kind === 'channel' || kind === 'channelgroup' ? [] : state.interactions.map(atEase),
});

/**
 * The commands that the state of the object at `target` admits, whoever is bound. The desktop greys its buttons
 * by it (`capabilities` of state.updated). One that is not among them is refused; one that is may be refused
 * for something that goes on meanwhile.
 */
export const allowedCommands = (state: SessionState, target: Target): readonly CommandType[] => {
  const kind = targetKind(target);
  const resting = atRest(state, kind);
  return COMMAND_TYPES.filter(
    (type) => commandKind(type) === kind && refusal(resting, type, target) === null,
  );
};
