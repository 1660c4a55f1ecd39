import { type Target } from '@cordboard/kernel';
import { type KnownChannel } from '../channel/channel.ts';
import { type KnownGroup } from '../channel-group/channel-group.ts';
import { type KnownConversation } from '../conversation/conversation.ts';
import { EMPTY_HOUSE, type House } from '../house.ts';
import { isLeaving, isRunning, type KnownInteraction } from '../interaction/interaction.ts';
import { legsOf } from '../interaction/legs.ts';
import { allObjects } from '../objects.ts';
import { childrenOf, isKnown, type Known } from '../placed.ts';
import { readingOf } from '../session/start.ts';
import { type SessionState } from '../session/session-state.ts';
import { type SwitchReading, type SwitchRequest } from '../switch-request.ts';

/** An object to be read, with those below it. `register` comes first where the switch has to be told of its id. */
export interface SurveyPlan {
  readonly target: Target;
  /** Empty for the session itself. */
  readonly nativeId: string;
  /** Null for the session itself, which `CreateSession` has registered. */
  readonly register: SwitchRequest | null;
  readonly read: SwitchRequest;
  readonly children: readonly SurveyPlan[];
}

const stays = ({ stage }: Known): boolean => stage === 'OPEN' || stage === 'LIVE';

const ofConversation =
  (parent: Target) =>
  ({ target, nativeId }: KnownConversation): SurveyPlan => ({
    target,
    nativeId,
    register: { type: 'RegisterConversation', target: parent, id: target.conversation ?? '', nativeId },
    read: { type: 'ReadConversation', target },
    children: [],
  });

const ofInteraction =
  (state: SessionState, parent: Target) =>
  ({ path, target, nativeId }: KnownInteraction): SurveyPlan => ({
    target,
    nativeId,
    register: { type: 'RegisterInteraction', target: parent, id: target.interaction ?? '', nativeId },
    read: { type: 'ReadInteraction', target },
    children: childrenOf(state.conversations, path)
      .filter((leg) => isKnown(leg))
      .filter((leg) => stays(leg) && leg.state !== 'RELEASED')
      .map(ofConversation(target)),
  });

const ofChannel =
  (state: SessionState, parent: Target) =>
  ({ path, target, nativeId, type: channelType }: KnownChannel): SurveyPlan => ({
    target,
    nativeId,
    register: { type: 'RegisterChannel', target: parent, id: target.channel ?? '', nativeId, channelType },
    read: { type: 'ReadChannel', target },
    children: childrenOf(state.interactions, path)
      .filter((interaction) => isKnown(interaction))
      .filter((interaction) => stays(interaction) && !isLeaving(interaction, legsOf(state, interaction.path)))
      .map(ofInteraction(state, target)),
  });

const channelsBelow = (state: SessionState, path: string, target: Target): readonly SurveyPlan[] =>
  childrenOf(state.channels, path)
    .filter((channel) => isKnown(channel))
    .filter(stays)
    .map(ofChannel(state, target));

const ofGroup =
  (state: SessionState, parent: Target) =>
  ({ path, target, nativeId, wanted }: KnownGroup): SurveyPlan => ({
    target,
    nativeId,
    register: {
      type: 'RegisterChannelGroup',
      target: parent,
      id: target.channelgroup ?? '',
      nativeId,
      ...(wanted === undefined ? {} : { wanted }),
    },
    read: { type: 'ReadChannelGroup', target },
    children: channelsBelow(state, path, target),
  });

/**
 * What is to be asked to learn how the switch sees the session, parents before children; null for a session that
 * has not come so far. What is on its way in or out is not asked about. `house`: names what the call model reads.
 */
export const surveyPlan = (state: SessionState, house: House = EMPTY_HOUSE): SurveyPlan | null => {
  const { phase, session } = state;
  if (phase !== 'INITIALIZING' && phase !== 'STARTED' && phase !== 'LOGGING_OUT') return null;
  const target: Target = { session };
  return {
    target,
    nativeId: '',
    register: null,
    read: readingOf(state, house),
    children: [
      ...state.groups
        .filter((group) => isKnown(group))
        .filter(stays)
        .map(ofGroup(state, target)),
      ...channelsBelow(state, session, target),
    ],
  };
};

/**
 * Whether the reading of its parent names an object; one that it does not name is gone. Groups and stand-alone
 * channels are asked about in any case: the agent may have added them.
 */
export const isListed = (parentReading: SwitchReading, { nativeId }: SurveyPlan): boolean => {
  switch (parentReading.of) {
    case 'channelgroup':
      return parentReading.channels.some((channel) => channel.nativeId === nativeId);
    case 'channel':
      return parentReading.interactions.some((interaction) => interaction.nativeId === nativeId);
    case 'interaction':
      return (
        parentReading.primary === nativeId ||
        parentReading.consult === nativeId ||
        // The first leg must be named (bridge V-2); where it is not, nothing is known of any.
        (parentReading.primary === null && isRunning(parentReading.state))
      );
    default:
      return true;
  }
};

/** Whether nothing is under way, so that a survey by the timer compares like with like. */
export const mayBeSurveyed = (state: SessionState): boolean =>
  state.phase === 'STARTED' &&
  state.link === 'up' &&
  state.reconcile === null &&
  state.requests.length + state.commands.length + state.deferred.length === 0 &&
  state.plannedGroups.length + state.plannedChannels.length === 0 &&
  allObjects(state).every(({ stage }) => stage === 'LIVE') &&
  state.interactions.every((node) => !isKnown(node) || (node.holdBack === null && node.planned.length === 0));
