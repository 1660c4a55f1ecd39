import { parentTarget, type Target } from '@cordboard/kernel';
import { type KnownChannel } from '../channel/channel.ts';
import { type KnownGroup } from '../channel-group/channel-group.ts';
import { type KnownConversation } from '../conversation/conversation.ts';
import { type KnownInteraction } from '../interaction/interaction.ts';
import { childrenOf, isKnown, type Known } from '../placed.ts';
import { type EventData, type EventType, type SessionEvent } from '../session-event.ts';
import { type SessionState } from './session-state.ts';

const tell = <Type extends EventType>(type: Type, target: Target, data: EventData[Type]): SessionEvent =>
  ({ type, target, data }) as SessionEvent;

/** What only an object that is all announced has been shown. */
const whenLive = ({ stage }: Known, ...events: readonly SessionEvent[]): readonly SessionEvent[] =>
  stage === 'OPEN' ? [] : events;

const ofConversation = ({ target, role, state, members }: KnownConversation): readonly SessionEvent[] => [
  tell('ConversationCreated', parentTarget(target), {
    conversation: { id: target.conversation ?? '', role },
  }),
  tell('ConversationStateUpdated', target, { state, previousState: null }),
  ...members.map((member) => tell('ConversationMemberAdded', target, { member })),
  tell('ConversationInitialized', target, {}),
];

const ofInteraction = (state: SessionState, node: KnownInteraction): readonly SessionEvent[] => {
  const { target, type, direction, data: interactionData } = node;
  const legs = childrenOf(state.conversations, node.path).filter((leg) => isKnown(leg));
  const moved = legs.some((leg) => leg.role === 'consult' && leg.target.conversation === node.focus);
  const interaction = {
    id: target.interaction ?? '',
    type,
    modelType: type,
    ...(direction === null ? {} : { direction }),
  };
  return [
    tell('InteractionCreated', parentTarget(target), { interaction }),
    tell('InteractionStateUpdated', target, { state: node.state, previousState: null }),
    ...legs.flatMap(ofConversation),
    ...(moved && node.focus !== null
      ? [tell('InteractionFocusChanged', target, { conversation: { id: node.focus } })]
      : []),
    ...whenLive(
      node,
      tell('InteractionDataChanged', target, { interactionData }),
      ...(node.state === 'ALERTING' ? [tell('InteractionPreviewed', target, { interactionData })] : []),
      tell('InteractionInitialized', target, {}),
    ),
  ];
};

const ofChannel = (state: SessionState, node: KnownChannel): readonly SessionEvent[] => {
  const { target, nativeId, type, agent } = node;
  const { pending, afterCallWorkEndsAt } = node;
  const underWay = {
    ...(pending === undefined ? {} : { pending }),
    ...(afterCallWorkEndsAt === undefined ? {} : { afterCallWorkEndsAt }),
  };
  const channel = { id: target.channel ?? '', name: nativeId, type, modelType: type };
  return [
    tell('ChannelCreated', parentTarget(target), { channel }),
    ...(node.state === 'INACTIVE'
      ? []
      : [tell('ChannelInfoChanged', target, { state: node.state, agentStatus: agent, ...underWay })]),
    tell('ChannelStateUpdated', target, { state: node.state, previousState: null }),
    ...childrenOf(state.interactions, node.path)
      .filter((child) => isKnown(child))
      .flatMap((child) => ofInteraction(state, child)),
    ...whenLive(node, tell('ChannelInitialized', target, {})),
  ];
};

const ofGroup = (state: SessionState, node: KnownGroup): readonly SessionEvent[] => {
  const { target, name } = node;
  return [
    tell('ChannelGroupCreated', parentTarget(target), {
      channelgroup: { id: target.channelgroup ?? '', name },
    }),
    tell('ChannelGroupStateUpdated', target, { state: node.state ?? 'EMPTY', previousState: null }),
    ...childrenOf(state.channels, node.path)
      .filter((child) => isKnown(child))
      .flatMap((child) => ofChannel(state, child)),
    ...whenLive(node, tell('ChannelGroupInitialized', target, {})),
  ];
};

/**
 * The object events that show an empty desktop the present state (agent protocol B7, recovery): parents before
 * children, each object as at its set-up, at the end `SessionInitialized` when the session has come that far.
 */
export const recoveryEvents = (state: SessionState): readonly SessionEvent[] => [
  ...state.groups.filter((group) => isKnown(group)).flatMap((group) => ofGroup(state, group)),
  ...childrenOf(state.channels, state.session)
    .filter((channel) => isKnown(channel))
    .flatMap((channel) => ofChannel(state, channel)),
  ...(state.legConnected === true ? [tell('AgentLegConnected', { session: state.session }, {})] : []),
  ...(state.phase === 'STARTED' || state.phase === 'LOGGING_OUT'
    ? [tell('SessionInitialized', { session: state.session }, {})]
    : []),
];
