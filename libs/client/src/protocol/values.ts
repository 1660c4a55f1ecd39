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

export type InteractionState = 'ALERTING' | 'DIALING' | 'STARTED' | 'ENDED' | 'COMPLETED';

export type ConversationState = 'RINGING' | 'DIALING' | 'TALKING' | 'HELD' | 'MUTE' | 'RELEASED';

/** `TELEPHONY`, `CHAT`, `EMAIL`, `CALLBACK` or a custom type; upper case in events. */
export type ChannelType = string;

/** A text in one language (agent protocol A10). */
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
  readonly extensions: readonly unknown[];
  readonly labels: readonly Label[];
}

/** A reason for logging out (agent protocol C row 3). */
export interface LogoutReason {
  readonly logoutReasonId: string;
  readonly logoutReasonCode: string;
  readonly extensions: readonly unknown[];
  readonly labels: readonly Label[];
}

/** What can become of an interaction (agent protocol C row 15). */
export interface Disposition {
  readonly dispositionId: string;
  readonly dispositionCode: string;
  readonly extensions: readonly unknown[];
  readonly labels: readonly Label[];
}

/** A number that can be dialled at a touch (agent protocol B1 row 7). */
export interface DirectoryEntry {
  readonly name: string;
  readonly destination: string;
  readonly type?: string | undefined;
}

/** A script that can run for an interaction (agent protocol B3 row 22). */
export interface Script {
  readonly scriptId: string;
  readonly scriptName: string;
}

/** What is known of an entry's availability: an agent's `state`, or a skill's figures (agent protocol A10). */
export interface EntryProperties {
  readonly state?: string | undefined;
  readonly mediaType?: string | undefined;
  readonly numAvailable?: number | undefined;
  readonly numUnavailable?: number | undefined;
  /** Estimated waiting time, as the switch words it. */
  readonly ewt?: string | undefined;
}

/** Somebody or something to call (agent protocol A10). */
export interface AddressBookEntry {
  readonly name: string;
  readonly type: 'external' | 'agent' | 'skill';
  readonly destinations: readonly { readonly label: string; readonly value: string }[];
  readonly properties: EntryProperties;
}

/** Entries under one name; groups nest. */
export interface AddressBookGroup {
  readonly name: string;
  readonly groups: readonly AddressBookGroup[];
  readonly entries: readonly AddressBookEntry[];
}

/** An address book (agent protocol A10). */
export type AddressBook = AddressBookGroup;

/** Attached data: key to text, or key to an object of texts (agent protocol A10). */
export type InteractionData = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** A party of a conversation; keyed by its number. */
export interface ConversationMember {
  readonly number: string;
  readonly name?: string | undefined;
}

/** Agent availability on a channel, as `channel.infochanged` gives it. */
export interface AgentStatusInfo {
  readonly status: AgentStatus;
  readonly lastReasonCode: string;
  readonly lastReasonName: string;
}

/** What the agent asked to be once the present work is over. */
export interface PendingStatus {
  readonly status: 'ready' | 'not_ready' | 'after_call_work';
  readonly reasonCode: string;
  readonly reasonName: string;
}
