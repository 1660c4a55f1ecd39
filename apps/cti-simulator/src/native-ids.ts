import {
  type ChannelAddress,
  type ConversationAddress,
  type InteractionAddress,
} from '@cordboard/adapter-sdk';
import { agentOf, type SwitchState } from '@cordboard/switch-sim';

interface OfChannel {
  readonly agent: string;
  readonly channel: string;
}

const groupOf = (state: SwitchState, { agent, channel }: OfChannel): string | undefined =>
  Object.entries(agentOf(state, agent)?.groups ?? {}).find(([, ids]) => ids.includes(channel))?.[0];

/** A channel by its end-point, in the group that holds it; the phone's end-point is the agent's id. */
export const channelAt = (state: SwitchState, { agent, channel }: OfChannel): ChannelAddress => ({
  agent,
  group: groupOf(state, { agent, channel }),
  channel,
});

/** An interaction is what an agent handles, by its id in the switch. */
export const interactionAt = (
  state: SwitchState,
  at: OfChannel & { readonly work: string },
): InteractionAddress => ({ ...channelAt(state, at), interaction: at.work });

/** A conversation is a leg, by its id in the switch. */
export const conversationAt = (
  state: SwitchState,
  at: OfChannel & { readonly work: string; readonly leg: string },
): ConversationAddress => ({ ...interactionAt(state, at), conversation: at.leg });
