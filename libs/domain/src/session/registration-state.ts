import { formatTarget, type Target } from '@cordboard/kernel';
import { placed } from '../objects.ts';
import { findAt, isKnown, replaceAt } from '../placed.ts';
import { type SwitchRequest } from '../switch-request.ts';
import { type SessionState } from './session-state.ts';

export type Registration = Extract<SwitchRequest, { nativeId: string }>;

/** The child that a registration brings in. */
export const registered = (request: Registration): Target => {
  const { target, id } = request;
  switch (request.type) {
    case 'RegisterChannelGroup':
      return { ...target, channelgroup: id };
    case 'RegisterChannel':
      return { ...target, channel: id };
    case 'RegisterInteraction':
      return { ...target, interaction: id };
    case 'RegisterConversation':
      return { ...target, conversation: id };
  }
};

const isOther =
  (nativeId: string) =>
  (plan: { readonly nativeId: string } | string): boolean =>
    (typeof plan === 'string' ? plan : plan.nativeId) !== nativeId;

/** Turns what was planned into an object on its way in. */
export const register = (state: SessionState, request: Registration): SessionState => {
  const parent = formatTarget(request.target);
  const other = isOther(request.nativeId);
  const stage = 'REGISTERING';
  switch (request.type) {
    case 'RegisterChannelGroup': {
      const name = state.plannedGroups.find((plan) => !other(plan))?.name ?? request.nativeId;
      const wanted = request.wanted === undefined ? {} : { wanted: request.wanted };
      const node = { ...placed('channelgroup', request), stage, name, ...wanted } as const;
      return {
        ...state,
        plannedGroups: state.plannedGroups.filter(other),
        groups: [...state.groups, node],
      };
    }
    case 'RegisterChannel': {
      const node = { ...placed('channel', request), stage, type: request.channelType } as const;
      const groups = replaceAt(state.groups, parent, (group) =>
        isKnown(group) ? { ...group, planned: group.planned.filter(other) } : group,
      );
      const alone = parent === state.session;
      const plannedChannels = alone ? state.plannedChannels.filter(other) : state.plannedChannels;
      return { ...state, plannedChannels, groups, channels: [...state.channels, node] };
    }
    case 'RegisterInteraction': {
      const type = findAt(state.channels, parent)?.type ?? '';
      const node = { ...placed('interaction', request), stage, type } as const;
      const channels = replaceAt(state.channels, parent, (channel) =>
        isKnown(channel) ? { ...channel, planned: channel.planned.filter(other) } : channel,
      );
      return { ...state, channels, interactions: [...state.interactions, node] };
    }
    case 'RegisterConversation': {
      const owner = findAt(state.interactions, parent);
      // A leg that no reading has named is a second one (bridge D.7, D.8).
      const plan =
        owner !== undefined && isKnown(owner) ? owner.planned.find((one) => !other(one)) : undefined;
      const node = { ...placed('conversation', request), stage, role: plan?.role ?? 'consult' } as const;
      const interactions = replaceAt(state.interactions, parent, (interaction) =>
        isKnown(interaction) ? { ...interaction, planned: interaction.planned.filter(other) } : interaction,
      );
      return { ...state, interactions, conversations: [...state.conversations, node] };
    }
  }
};
