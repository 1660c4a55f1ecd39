import {
  type ChannelAddress,
  type ConversationAddress,
  type InteractionAddress,
} from '@cordboard/adapter-sdk';

/** The one group that holds an agent's phone. */
export const TEAM = { id: 'team-demo', name: 'Demo team' } as const;

const SUFFIX = '-primary';

/** The conversation of a leg; a leg is an interaction with one conversation. */
export const conversationOf = (leg: string): string => `${leg}${SUFFIX}`;

/** An agent's phone is the channel whose end-point is the extension, which is the agent's id. */
export const channelOf = (agent: string): ChannelAddress & { readonly group: string } => ({
  agent,
  group: TEAM.id,
  channel: agent,
});

const interactionAt = (agent: string, leg: string): InteractionAddress => ({
  ...channelOf(agent),
  interaction: leg,
});

export const conversationAt = (agent: string, leg: string): ConversationAddress => ({
  ...interactionAt(agent, leg),
  conversation: conversationOf(leg),
});
