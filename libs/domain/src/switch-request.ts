import { type JsonObject, type Target } from '@cordboard/kernel';
import {
  type AddressBook,
  type AgentInfo,
  type ChannelState,
  type ChannelType,
  type ConversationState,
  type DirectoryEntry,
  type Disposition,
  type InteractionData,
  type InteractionState,
  type LogoutReason,
  type Member,
  type NotReadyReason,
  type OutboundSkill,
  type Script,
} from './values.ts';

/** A group that is to come about, with the media that it is to have beside telephony. */
export interface WantedGroup {
  readonly name: string;
  readonly chat: boolean;
  readonly email: boolean;
  readonly callback: boolean;
}

/**
 * What the engine asks of the switch (bridge B.1 to B.7). Registration requests are sent to the parent and
 * tie a bridge id to a native id; reads ask a registered object for its present state.
 */
export type SwitchRequest =
  | {
      readonly type: 'CreateSession';
      readonly target: Target;
      readonly agent: { readonly id: string; readonly extension?: string | undefined };
    }
  | {
      readonly type: 'ReadSession';
      readonly target: Target;
      readonly name: string;
      readonly chat: boolean;
      readonly email: boolean;
      readonly callback: boolean;
    }
  | {
      readonly type: 'RegisterChannelGroup';
      readonly target: Target;
      readonly id: string;
      readonly nativeId: string;
      /** What the agent asked for when it added the group; absent for one that a reading named. */
      readonly wanted?: WantedGroup | undefined;
    }
  | { readonly type: 'ReadChannelGroup'; readonly target: Target }
  /** Sent to the group, or to the session for a stand-alone channel (bridge A.5). */
  | {
      readonly type: 'RegisterChannel';
      readonly target: Target;
      readonly id: string;
      readonly nativeId: string;
      readonly channelType: ChannelType;
    }
  | { readonly type: 'ReadChannel'; readonly target: Target }
  | {
      readonly type: 'RegisterInteraction';
      readonly target: Target;
      readonly id: string;
      readonly nativeId: string;
    }
  | { readonly type: 'ReadInteraction'; readonly target: Target }
  | {
      readonly type: 'RegisterConversation';
      readonly target: Target;
      readonly id: string;
      readonly nativeId: string;
    }
  | { readonly type: 'ReadConversation'; readonly target: Target }
  | { readonly type: 'ActivateChannel'; readonly target: Target; readonly queue?: string | undefined }
  | {
      readonly type: 'DeactivateChannel';
      readonly target: Target;
      readonly queue?: string | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly type: 'MakeReady'; readonly target: Target }
  | {
      readonly type: 'MakeNotReady';
      readonly target: Target;
      readonly reasonCode: string;
      readonly reasonName?: string | undefined;
    }
  | {
      readonly type: 'Dial';
      readonly target: Target;
      readonly destination: string;
      readonly extensions?: JsonObject | undefined;
    }
  | { readonly type: 'AcceptInteraction'; readonly target: Target }
  | { readonly type: 'RejectInteraction'; readonly target: Target }
  | { readonly type: 'CompleteInteraction'; readonly target: Target }
  | {
      readonly type: 'SetInteractionData';
      readonly target: Target;
      readonly key: string;
      readonly value: string | Readonly<Record<string, string>>;
    }
  | { readonly type: 'SetDisposition'; readonly target: Target; readonly disposition: string }
  | { readonly type: 'Consult'; readonly target: Target; readonly destination: string }
  | { readonly type: 'Alternate'; readonly target: Target }
  | { readonly type: 'ConsultTransfer'; readonly target: Target }
  | { readonly type: 'ConsultConference'; readonly target: Target }
  | { readonly type: 'ReleaseConversation'; readonly target: Target }
  | { readonly type: 'HoldConversation'; readonly target: Target }
  | { readonly type: 'RetrieveConversation'; readonly target: Target }
  | { readonly type: 'MuteConversation'; readonly target: Target }
  | { readonly type: 'UnmuteConversation'; readonly target: Target }
  | { readonly type: 'SendDtmf'; readonly target: Target; readonly digits: string }
  | { readonly type: 'BlindTransfer'; readonly target: Target; readonly destination: string }
  | { readonly type: 'BlindConference'; readonly target: Target; readonly destination: string }
  | { readonly type: 'RemoveParty'; readonly target: Target; readonly number: string }
  | ExtensionRequest
  | { readonly type: 'DisposeConversation'; readonly target: Target }
  | { readonly type: 'DisposeInteraction'; readonly target: Target }
  | { readonly type: 'DisposeChannel'; readonly target: Target }
  | { readonly type: 'RemoveChannel'; readonly target: Target; readonly id: string }
  | { readonly type: 'DisposeChannelGroup'; readonly target: Target }
  | { readonly type: 'RemoveChannelGroup'; readonly target: Target; readonly id: string }
  | { readonly type: 'LogOutAgent'; readonly target: Target; readonly reason?: string | undefined }
  | { readonly type: 'DisposeSession'; readonly target: Target };

/**
 * What only switches with the extension family answer (docs/protocol-decisions.md, B22 and on); one capability
 * each, absent means no. Their answers are not stored, the outbound skills excepted.
 */
type ExtensionRequest = { readonly target: Target } & (
  | { readonly type: 'ReadDirectory' }
  | { readonly type: 'ReadNotReadyReasons' }
  | { readonly type: 'ReadLogoutReasons' }
  | { readonly type: 'ReadAddressBook'; readonly realtime: boolean }
  | { readonly type: 'StopAddressBook' }
  | { readonly type: 'ReadDispositions' }
  | { readonly type: 'ReadScripts' }
  | { readonly type: 'ReadOutboundSkills'; readonly destination: string }
  | { readonly type: 'SetAgentLeg'; readonly action: 'connect' | 'disconnect' }
  | { readonly type: 'SendSignal'; readonly parameters: Readonly<Record<string, string>> }
);

export type SwitchRequestType = SwitchRequest['type'];

/** What the reads answer; `none` for every other request. */
export type SwitchReading =
  | { readonly of: 'none' }
  | {
      readonly of: 'session';
      readonly groups: readonly { readonly nativeId: string; readonly name?: string | undefined }[];
      /** Stand-alone channels; absent in what was stored before they were known. */
      readonly channels?:
        readonly { readonly nativeId: string; readonly channelType: ChannelType }[] | undefined;
    }
  | {
      readonly of: 'channelgroup';
      readonly channels: readonly { readonly nativeId: string; readonly channelType: ChannelType }[];
    }
  | {
      readonly of: 'channel';
      readonly state: ChannelState;
      readonly agent: AgentInfo | null;
      readonly interactions: readonly { readonly nativeId: string }[];
    }
  | {
      readonly of: 'interaction';
      readonly state: InteractionState;
      readonly data: InteractionData;
      readonly primary: string | null;
      readonly consult: string | null;
    }
  /** The new leg; null when the switch did not name it. */
  | { readonly of: 'consult'; readonly nativeId: string | null }
  | { readonly of: 'directory'; readonly entries: readonly DirectoryEntry[] }
  | { readonly of: 'notreadyreasons'; readonly reasons: readonly NotReadyReason[] }
  | { readonly of: 'logoutreasons'; readonly reasons: readonly LogoutReason[] }
  | { readonly of: 'addressbook'; readonly addressBooks: readonly AddressBook[] }
  | { readonly of: 'dispositions'; readonly dispositions: readonly Disposition[] }
  | { readonly of: 'scripts'; readonly scripts: readonly Script[] }
  | { readonly of: 'outboundskills'; readonly skills: readonly OutboundSkill[] }
  | { readonly of: 'conversation'; readonly state: ConversationState; readonly members: readonly Member[] };

/**
 * How a request ended. `refused`: the switch said no. `timeout`: no answer within the limit. `unreachable`:
 * no adapter took it. `never-seen`: a probe found that the adapter had never got it. `unknown`: the adapter
 * restarted meanwhile. `malformed`: an answer that does not fit the request.
 */
export type SwitchAnswer =
  | { readonly ok: true; readonly reading: SwitchReading }
  | {
      readonly ok: false;
      readonly cause: 'refused' | 'timeout' | 'unreachable' | 'never-seen' | 'unknown' | 'malformed';
      readonly message: string;
    };
