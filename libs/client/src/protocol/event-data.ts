import { type CommandName, type EventName, type ObjectEvent } from '@cordboard/agent-protocol';
import {
  type AddressBook,
  type AgentStatusInfo,
  type ChannelGroupState,
  type ChannelState,
  type ChannelType,
  type ConversationMember,
  type ConversationState,
  type Disposition,
  type InteractionData,
  type InteractionState,
  type LogoutReason,
  type NotReadyReason,
  type PendingStatus,
} from './values.ts';

type Nothing = Readonly<Record<string, never>>;

interface OfferedData {
  readonly interactionData: InteractionData;
}

interface Reason {
  readonly reason: string;
}

interface StateOf<Kind, State> {
  readonly objectType: Kind;
  readonly state: State;
  /** Null for the first; equal to `state` when only the capabilities changed. */
  readonly previousState: State | null;
  /** What the object accepts now, by the newest name of the command. */
  readonly capabilities: Readonly<Partial<Record<CommandName, boolean>>>;
}

type StateUpdated =
  | StateOf<'channelgroup', ChannelGroupState>
  | StateOf<'channel', ChannelState>
  | StateOf<'interaction', InteractionState>
  | StateOf<'conversation', ConversationState>;

/** The `data` of each object event of the agent protocol (C), by its newest name. */
export interface EventData {
  readonly 'session.initialized': Nothing;
  readonly 'session.externalnotreadyreasons.updated': { readonly reasonCodes: readonly NotReadyReason[] };
  readonly 'session.externallogoutreasons.updated': { readonly logoutReasons: readonly LogoutReason[] };
  readonly 'session.incontact.agentleg.connected': Nothing;
  readonly 'session.incontact.agentleg.disconnected': Nothing;
  readonly 'session.incontact.agentleg.failed': { readonly error: string };
  readonly 'session.incontact.addressbook.updated': { readonly addressbooks: readonly AddressBook[] };
  readonly 'channelgroup.created': {
    readonly channelgroup: { readonly id: string; readonly name: string };
  };
  readonly 'channelgroup.initialized': Nothing;
  readonly 'channelgroup.disposed': Nothing;
  readonly 'channel.created': {
    readonly channel: {
      readonly id: string;
      readonly name: string;
      readonly type: ChannelType;
      readonly modelType: ChannelType;
    };
  };
  readonly 'channel.infochanged': {
    readonly state: ChannelState;
    readonly agentStatus: AgentStatusInfo;
    /** Absent when nothing else was asked for. */
    readonly pending?: PendingStatus | undefined;
    /** When after-call work ends by itself, in ms since the epoch; absent outside it. */
    readonly afterCallWorkEndsAt?: number | undefined;
  };
  readonly 'channel.initialized': Nothing;
  readonly 'channel.disposed': Nothing;
  readonly 'channel.externaldispositions.updated': { readonly dispositions: readonly Disposition[] };
  readonly 'state.updated': StateUpdated;
  readonly 'interaction.created': {
    readonly interaction: {
      readonly id: string;
      readonly type: ChannelType;
      readonly modelType: ChannelType;
      readonly direction?: 'inbound' | 'outbound' | undefined;
    };
  };
  readonly 'interaction.initialized': Nothing;
  readonly 'interaction.datachanged': OfferedData & {
    /** Keys that changed; absent when all of it is news. */
    readonly changed?: readonly string[] | undefined;
  };
  readonly 'interaction.preview': OfferedData;
  readonly 'interaction.screenpop': OfferedData;
  readonly 'interaction.focuschanged': { readonly conversation: { readonly id: string } | null };
  readonly 'interaction.ended': Nothing;
  readonly 'interaction.complete': Nothing;
  readonly 'interaction.disposed': Nothing;
  readonly 'conversation.created': {
    readonly conversation: { readonly id: string; readonly role: 'primary' | 'consult' };
  };
  readonly 'conversation.initialized': Nothing;
  readonly 'conversation.member.added': { readonly member: ConversationMember };
  readonly 'conversation.disposed': Nothing;
  readonly 'conversation.member.removed': { readonly member: ConversationMember };
  readonly 'conversation.busy': Nothing;
  readonly 'conversation.failed': Reason;
  readonly 'conversation.transfer.failed': Reason;
  readonly 'conversation.conference.failed': Reason;
}

/** Events that a client hears: those of the catalogue, and the edge's word that another client has the session. */
export type HeardEventName = EventName | 'session.unbound';

type DataOf<Name extends HeardEventName> = Name extends keyof EventData ? EventData[Name] : Nothing;

/**
 * An object event with the `data` that this release sends. An older or foreign server may leave keys out; code
 * that has to bear that looks at them as the session model does, or takes the model.
 */
export type EventOf<Name extends HeardEventName> = Omit<ObjectEvent, 'name' | 'data'> & {
  readonly name: Name;
  readonly data: DataOf<Name>;
};

/** Hears the events of one name, by its newest spelling, or `*` for all, names of newer servers included. */
export interface Listen {
  <Name extends HeardEventName>(name: Name, listener: (event: EventOf<Name>) => void): () => void;
  (name: '*', listener: (event: ObjectEvent) => void): () => void;
}
