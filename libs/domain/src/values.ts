import { type Json, type JsonObject } from '@cordboard/kernel';

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

/** A text in one language (agent protocol A10); `language` and `country` by their two-letter codes. */
export interface Label {
  readonly language: string;
  readonly country: string;
  readonly name: string;
  readonly description: string;
}

/** A reason for being not ready (agent protocol C row 2). */
export interface NotReadyReason {
  readonly reasonCodeId: string;
  readonly reasonCodeCode: string;
  readonly selectable: boolean;
  readonly extensions: readonly Json[];
  readonly labels: readonly Label[];
}

/** A reason for logging out (agent protocol C row 3). */
export interface LogoutReason {
  readonly logoutReasonId: string;
  readonly logoutReasonCode: string;
  readonly extensions: readonly Json[];
  readonly labels: readonly Label[];
}

/** What can become of an interaction (agent protocol C row 15). */
export interface Disposition {
  readonly dispositionId: string;
  readonly dispositionCode: string;
  readonly extensions: readonly Json[];
  readonly labels: readonly Label[];
}

/** A number that can be dialled at a touch (agent protocol B1 row 7). */
export interface DirectoryEntry {
  readonly name: string;
  readonly destination: string;
  readonly type?: string | undefined;
}

/** An address book as the wire has it (agent protocol A10): checked by translation, passed on as it is. */
export type AddressBook = JsonObject;

export interface Script {
  readonly scriptId: string;
  readonly scriptName: string;
}

/** A skill under which a call may go out (agent protocol A5). */
export interface OutboundSkill {
  readonly id: string;
  readonly skillName: string;
}

/** What the agent asked to be once the present work is over; shown as `pending` in `channel.infochanged`. */
export interface PendingStatus {
  readonly status: 'ready' | 'not_ready' | 'after_call_work';
  readonly reasonCode: string;
  readonly reasonName: string;
}
