import { type JsonObject, type Target } from '@cordboard/kernel';
import { type ChannelType } from './values.ts';

interface On {
  readonly target: Target;
}

/** Commands on the session: agent protocol B1. */
export type SessionCommand = On &
  (
    | { readonly type: 'StartSession'; readonly extension?: string | undefined }
    /** `reason`: for switches that want to know why an agent leaves. */
    | { readonly type: 'LogOut'; readonly reason?: string | undefined }
    | { readonly type: 'AddChannel'; readonly endpoint: string; readonly channelType: ChannelType }
    | { readonly type: 'RemoveChannel'; readonly id: string }
    | {
        readonly type: 'AddChannelGroup';
        readonly name: string;
        readonly chat: boolean;
        readonly email: boolean;
        readonly callback: boolean;
      }
    | { readonly type: 'RemoveChannelGroup'; readonly id: string }
    | { readonly type: 'GetDirectory' }
    | { readonly type: 'GetNotReadyReasons' }
    | { readonly type: 'GetLogoutReasons' }
    | { readonly type: 'ConnectAgentLeg' }
    | { readonly type: 'DisconnectAgentLeg' }
    /** `realtime`: changes are told until the agent stops it or leaves. */
    | { readonly type: 'GetAddressBook'; readonly realtime: boolean }
    | { readonly type: 'StopAddressBook' }
  );

/** Commands on a channel group: agent protocol B2. */
export type GroupCommand = On &
  (
    | {
        readonly type: 'ActivateAll';
        readonly options: readonly { readonly id: string; readonly queue?: string | undefined }[];
      }
    | { readonly type: 'DeactivateAll' }
  );

/** Commands on a channel: agent protocol B3. */
export type ChannelCommand = On &
  (
    | { readonly type: 'ActivateChannel'; readonly queue?: string | undefined }
    | {
        readonly type: 'DeactivateChannel';
        readonly queue?: string | undefined;
        readonly reason?: string | undefined;
      }
    | { readonly type: 'MakeReady' }
    | {
        readonly type: 'MakeNotReady';
        /** `acw` enters after-call work; anything else is a reason code of the switch. */
        readonly reasonCode: string;
        readonly reasonName?: string | undefined;
      }
    | {
        readonly type: 'Dial';
        readonly destination: string;
        /** For the switch alone; `skillId` names the outbound skill (agent protocol A5). */
        readonly extensions?: JsonObject | undefined;
      }
    | { readonly type: 'GetDispositions' }
    | { readonly type: 'GetScripts' }
  );

/** Commands on an interaction: agent protocol B4. */
export type InteractionCommand = On &
  (
    | { readonly type: 'AcceptInteraction' }
    | { readonly type: 'RejectInteraction' }
    | {
        readonly type: 'SetInteractionData';
        readonly key: string;
        readonly value: string | Readonly<Record<string, string>>;
      }
    | { readonly type: 'SetDisposition'; readonly disposition: string }
    | { readonly type: 'CompleteInteraction' }
    | { readonly type: 'Consult'; readonly destination: string }
    | { readonly type: 'Alternate' }
    | { readonly type: 'ConsultTransfer' }
    | { readonly type: 'ConsultConference' }
    /** `parameters`: `p1` to `p20`, those that have a value. */
    | { readonly type: 'SendSignal'; readonly parameters: Readonly<Record<string, string>> }
  );

/** Commands on a conversation: agent protocol B5 and the extra one of B6. */
export type ConversationCommand = On &
  (
    | { readonly type: 'AnswerConversation' }
    | { readonly type: 'ReleaseConversation' }
    | { readonly type: 'HoldConversation' }
    | { readonly type: 'RetrieveConversation' }
    | { readonly type: 'MuteConversation' }
    | { readonly type: 'UnmuteConversation' }
    | { readonly type: 'SendDtmf'; readonly digits: string }
    | { readonly type: 'BlindTransfer'; readonly destination: string }
    | { readonly type: 'BlindConference'; readonly destination: string }
    | { readonly type: 'RemoveParty'; readonly number: string }
  );

/**
 * What an agent may ask for. Every command names its object by `target`; agent protocol rows B1 to B5 say
 * which object each acts on. Translation maps the wire names onto these and back.
 */
export type Command =
  SessionCommand | GroupCommand | ChannelCommand | InteractionCommand | ConversationCommand;

export type CommandType = Command['type'];
