import { type Json, type JsonObject } from '@cordboard/kernel';

/** What the session is about to use (bridge SES-Q01), or what the agent asked a new group to be (SES-R01). */
export interface SessionOptions {
  /** Name of the group, as the switch knows it; may be empty. */
  readonly name: string;
  readonly chat: boolean;
  readonly email: boolean;
  readonly callback: boolean;
}

/** What the switch knows of an agent (bridge CTL-Q03). */
export interface AgentDetails {
  readonly id: string;
  readonly name?: string | undefined;
  readonly extension?: string | undefined;
}

/** A channel by its end-point, which is its native id. Types: TELEPHONY, CHAT, EMAIL, CALLBACK, in any case. */
export interface ChannelFound {
  readonly endPoint: string;
  readonly type: string;
}

/**
 * What the agent has: groups, and stand-alone channels (bridge SES-Q01). All readings name things by native ids of
 * 1 to 128 characters.
 */
export interface SessionReading {
  readonly groups: readonly { readonly id: string; readonly name?: string | undefined }[];
  /** Stand-alone channels, those that the agent added included. */
  readonly channels?: readonly ChannelFound[] | undefined;
}
/** The channels of a group (bridge CGP-Q01). */
export interface GroupReading {
  readonly channels: readonly ChannelFound[];
}
/** How a channel is, and the native ids of what is on it (bridge CHN-Q01). `agent` is absent while nobody is there. */
export interface ChannelReading {
  readonly state: 'INACTIVE' | 'UNAVAILABLE' | 'ACTIVE';
  readonly agent?:
    | {
        readonly status: 'ready' | 'not_ready' | 'after_call_work';
        readonly reasonCode?: string | undefined;
        readonly reasonName?: string | undefined;
      }
    | undefined;
  readonly interactions: readonly string[];
}
/** How an interaction is, with its attached data (bridge INT-Q01). */
export interface InteractionReading {
  readonly state: 'ALERTING' | 'DIALING' | 'STARTED' | 'ENDED' | 'COMPLETED';
  readonly data: JsonObject;
  /** Telephony only; absent for other media. */
  readonly conversations?:
    { readonly primary?: string | undefined; readonly consult?: string | undefined } | undefined;
}
/** How a leg is, and who is on it beside the agent (bridge CNV-Q01). */
export interface ConversationReading {
  readonly state: 'RINGING' | 'DIALING' | 'TALKING' | 'HELD' | 'MUTE' | 'RELEASED';
  readonly parties: readonly { readonly number: string; readonly name?: string | undefined }[];
}

/** One item of attached data: text, or one level of texts by name (bridge INT-R04). */
export type DataValue = string | Readonly<Record<string, string>>;

/** A number that can be dialled at a touch; `type` is the switch's own word for it. */
export interface DirectoryEntry {
  readonly name: string;
  readonly destination: string;
  readonly type?: string | undefined;
}

/** A text in one language; `language` and `country` by their two-letter codes. */
export interface Label {
  readonly language: string;
  readonly country: string;
  readonly name: string;
  readonly description: string;
}

/** A reason for logging out, or what can become of an interaction. `code` is what requests carry. */
export interface Choice {
  readonly id: string;
  readonly code: string;
  readonly extensions?: readonly Json[] | undefined;
  readonly labels: readonly Label[];
}

/** A reason for being not ready; not selectable: only the switch sets it. */
export interface NotReadyReason extends Choice {
  /** Absent means true. */
  readonly selectable?: boolean | undefined;
}

/** A script or a skill. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** One line of an address book (agent protocol A10). */
export interface AddressBookEntry {
  readonly name: string;
  readonly type: 'external' | 'agent' | 'skill';
  readonly destinations: readonly { readonly label: string; readonly value: string }[];
  /**
   * Of an agent: `state`. Of a skill: `mediaType`, `numAvailable`, `numUnavailable`, `ewt` (a text, as the switch
   * words it). Of an external entry: nothing.
   */
  readonly properties?: Readonly<Record<string, string | number | undefined>> | undefined;
}

/** An address book, or a group in one; groups nest 8 deep at most, 2,000 entries in all. */
export interface AddressBook {
  readonly name: string;
  readonly groups?: readonly AddressBook[] | undefined;
  readonly entries?: readonly AddressBookEntry[] | undefined;
}

/** How the permanent voice leg of an agent is. */
export type AgentLegState = 'connected' | 'disconnected' | 'failed';

/** One queue of the switch as it is now. */
export interface QueueFigures {
  readonly id: string;
  /** At most 256 characters. */
  readonly name?: string | undefined;
  /** How many interactions wait. */
  readonly waiting: number;
  /** Of the one that waits longest, in ms; 0 when none waits. */
  readonly longestWaitMs: number;
}
