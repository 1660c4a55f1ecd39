import { type JsonObject, type Result } from '@cordboard/kernel';
import {
  type ChannelAddress,
  type ConversationAddress,
  type GroupAddress,
  type InteractionAddress,
  type NativeAddress,
} from './address.ts';

/** What a handler returns: data, or a refusal in words that an agent may read. */
export type Answer<Data = void> = Result<Data, string> | Promise<Result<Data, string>>;

/** What the session is about to use (bridge SES-Q01). */
export interface SessionOptions {
  readonly name: string;
  readonly chat: boolean;
  readonly email: boolean;
  readonly callback: boolean;
}

export interface AgentDetails {
  readonly id: string;
  readonly name?: string | undefined;
  readonly extension?: string | undefined;
}

/** Answers to the init queries, in native ids (bridge B.2 to B.7). */
export interface SessionReading {
  readonly groups: readonly { readonly id: string; readonly name?: string | undefined }[];
}
export interface GroupReading {
  readonly channels: readonly { readonly endPoint: string; readonly type: string }[];
}
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
export interface InteractionReading {
  readonly state: 'ALERTING' | 'DIALING' | 'STARTED' | 'ENDED' | 'COMPLETED';
  readonly data: JsonObject;
  /** Telephony only; absent for other media. */
  readonly conversations?:
    { readonly primary?: string | undefined; readonly consult?: string | undefined } | undefined;
}
export interface ConversationReading {
  readonly state: 'RINGING' | 'DIALING' | 'TALKING' | 'HELD' | 'MUTE' | 'RELEASED';
  readonly parties: readonly { readonly number: string; readonly name?: string | undefined }[];
}

/**
 * What an adapter author writes: the switch behind the bridge, in the switch's own ids. A request without a
 * handler is answered FAILURE with a text that names it (bridge A8-4). SUCCESS means accepted; the new state is
 * told through `report`. Handlers may run at the same time for one session; none gets the same request twice.
 */
export interface AdapterHandlers {
  /** Keys of bridge B.1.1. */
  readonly capabilities: () => JsonObject;
  readonly validateAgent: (agent: { readonly id: string; readonly password: string }) => Answer;
  readonly agentInfo?: (agent: { readonly id: string }) => Answer<AgentDetails>;
  /** Logs the agent in, or attaches to the login that exists. */
  readonly createSession: (agent: {
    readonly id: string;
    readonly extension?: string | undefined;
  }) => Answer<{ readonly nativeId?: string | undefined }>;

  readonly readSession: (at: NativeAddress, options: SessionOptions) => Answer<SessionReading>;
  readonly readGroup: (at: GroupAddress) => Answer<GroupReading>;
  readonly readChannel: (at: ChannelAddress) => Answer<ChannelReading>;
  readonly readInteraction: (at: InteractionAddress) => Answer<InteractionReading>;
  readonly readConversation: (at: ConversationAddress) => Answer<ConversationReading>;

  /** Answers when the login has really ended (bridge SES-R03). */
  readonly logOut?: (at: NativeAddress, reason: string | undefined) => Answer;

  readonly activate?: (at: ChannelAddress, options: { readonly queue?: string | undefined }) => Answer;
  readonly deactivate?: (
    at: ChannelAddress,
    options: { readonly queue?: string | undefined; readonly reason?: string | undefined },
  ) => Answer;
  readonly ready?: (at: ChannelAddress) => Answer;
  readonly notReady?: (
    at: ChannelAddress,
    reason: { readonly code: string; readonly name?: string | undefined },
  ) => Answer;
  readonly dial?: (at: ChannelAddress, destination: string) => Answer;

  readonly accept?: (at: InteractionAddress) => Answer;
  readonly reject?: (at: InteractionAddress) => Answer;
  readonly complete?: (at: InteractionAddress) => Answer;

  readonly release?: (at: ConversationAddress) => Answer;
  readonly hold?: (at: ConversationAddress) => Answer;
  readonly retrieve?: (at: ConversationAddress) => Answer;
  readonly mute?: (at: ConversationAddress) => Answer;
  readonly unmute?: (at: ConversationAddress) => Answer;
  /** Answers when the tones have been generated (bridge CNV-R10). */
  readonly sendTones?: (at: ConversationAddress, digits: string) => Answer;

  /** An object was disposed, after the answer: nothing more will be asked of it. */
  readonly disposed?: (at: NativeAddress) => void;
}
