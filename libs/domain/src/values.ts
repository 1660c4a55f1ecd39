/** Channel log-in state (agent protocol A10). */
export type ChannelState = 'INACTIVE' | 'UNAVAILABLE' | 'ACTIVE';

/** What the agent is available for on one channel (agent protocol A10). */
export type AgentStatus =
  | 'ready'
  | 'not_ready'
  | 'after_call_work'
  | 'busy'
  | 'busy_ready'
  | 'busy_not_ready'
  | 'busy_after_call_work';

/** States of a channel group: how many of its channels are active (agent protocol D3). */
export type ChannelGroupState = 'EMPTY' | 'INACTIVE' | 'PARTIAL' | 'ACTIVE';

/** TELEPHONY, CHAT, EMAIL, CALLBACK or a custom type; always upper case. */
export type ChannelType = string;

export type InteractionState = 'ALERTING' | 'DIALING' | 'STARTED' | 'ENDED' | 'COMPLETED';

export type ConversationState = 'RINGING' | 'DIALING' | 'TALKING' | 'HELD' | 'MUTE' | 'RELEASED';

export type Direction = 'inbound' | 'outbound';

export type ConversationRole = 'primary' | 'consult';

/** Agent availability with the last reason given, as `channel.infochanged` carries it. */
export interface AgentInfo {
  readonly status: AgentStatus;
  readonly lastReasonCode: string;
  readonly lastReasonName: string;
}

/** Attached data: key to string, or key to object of sub-key to string. */
export type InteractionData = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** A party of a conversation; keyed by number. */
export interface Member {
  readonly number: string;
  readonly name?: string | undefined;
}
