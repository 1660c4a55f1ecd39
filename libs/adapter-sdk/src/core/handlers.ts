import { type JsonObject, type Result } from '@cordboard/kernel';
import {
  type ChannelAddress,
  type ConversationAddress,
  type GroupAddress,
  type InteractionAddress,
  type NativeAddress,
} from './address.ts';
import {
  type AddressBook,
  type AgentDetails,
  type ChannelReading,
  type Choice,
  type ConversationReading,
  type DataValue,
  type DirectoryEntry,
  type GroupReading,
  type InteractionReading,
  type Named,
  type NotReadyReason,
  type SessionOptions,
  type SessionReading,
} from './handler-data.ts';

/** What a handler returns: data, or a refusal in words that an agent may read. */
export type Answer<Data = void> = Result<Data, string> | Promise<Result<Data, string>>;

interface SwitchHandlers {
  /** Keys of bridge B.1.1 and of the extension family. */
  readonly capabilities: () => JsonObject;
  readonly validateAgent: (agent: { readonly id: string; readonly password: string }) => Answer;
  readonly agentInfo?: (agent: { readonly id: string }) => Answer<AgentDetails>;
  /** Logs the agent in, or attaches to the login that exists. */
  readonly createSession: (agent: {
    readonly id: string;
    readonly extension?: string | undefined;
  }) => Answer<{ readonly nativeId?: string | undefined }>;
}

/** The init queries (bridge B.2 to B.7). */
interface ReadingHandlers {
  readonly readSession: (at: NativeAddress, options: SessionOptions) => Answer<SessionReading>;
  readonly readGroup: (at: GroupAddress) => Answer<GroupReading>;
  readonly readChannel: (at: ChannelAddress) => Answer<ChannelReading>;
  readonly readInteraction: (at: InteractionAddress) => Answer<InteractionReading>;
  readonly readConversation: (at: ConversationAddress) => Answer<ConversationReading>;
}

interface SessionHandlers {
  /** Answers when the login has really ended (bridge SES-R03). */
  readonly logOut?: (at: NativeAddress, reason: string | undefined) => Answer;
  /**
   * The agent wants a group that its session's reading did not name (bridge SES-R01); refuse one that does not
   * exist. After SUCCESS the group is read, and has the media asked for. `disposed` tells of its removal.
   */
  readonly addGroup?: (at: GroupAddress, options: SessionOptions) => Answer;
  /**
   * The agent wants a stand-alone channel that its session's reading did not name (bridge A.5); `at` has no
   * group. Refuse one that does not exist. After SUCCESS it is read. `disposed` tells of its removal.
   */
  readonly addChannel?: (at: ChannelAddress, type: string) => Answer;

  readonly readDirectory?: (at: NativeAddress) => Answer<readonly DirectoryEntry[]>;
  readonly readNotReadyReasons?: (at: NativeAddress) => Answer<readonly NotReadyReason[]>;
  readonly readLogoutReasons?: (at: NativeAddress) => Answer<readonly Choice[]>;
  /** `realtime`: from now on changes are told by `report.addressBook`, until the stop or the end of the session. */
  readonly readAddressBook?: (at: NativeAddress, realtime: boolean) => Answer<readonly AddressBook[]>;
  readonly stopAddressBook?: (at: NativeAddress) => Answer;
  /** The permanent voice leg of the agent; how it went is told by `report.agentLeg`. */
  readonly setAgentLeg?: (at: NativeAddress, action: 'connect' | 'disconnect') => Answer;
}

/** On a channel in a group, or on a stand-alone one: then `at` has no group. */
interface ChannelHandlers {
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
  /** `extensions`: the agent's, as they are; only with `dial-extensions-supported`. */
  readonly dial?: (at: ChannelAddress, destination: string, extensions: JsonObject | undefined) => Answer;
  readonly readDispositions?: (at: ChannelAddress) => Answer<readonly Choice[]>;
  readonly readScripts?: (at: ChannelAddress) => Answer<readonly Named[]>;
  /** The skills under which this destination may be dialled; none: no choice is needed. */
  readonly readOutboundSkills?: (at: ChannelAddress, destination: string) => Answer<readonly Named[]>;
}

interface InteractionHandlers {
  /** Also the answer to `conversation.request.answer`, which means the same (bridge F-14). */
  readonly accept?: (at: InteractionAddress) => Answer;
  /** Declines what alerts, or gives up what is being dialled. */
  readonly reject?: (at: InteractionAddress) => Answer;
  readonly complete?: (at: InteractionAddress) => Answer;
  /** All attached data, or the item of that key alone (bridge INT-Q02). */
  readonly readData?: (at: InteractionAddress, key: string | undefined) => Answer<JsonObject>;
  readonly setData?: (at: InteractionAddress, key: string, value: DataValue) => Answer;
  readonly setDisposition?: (at: InteractionAddress, disposition: string) => Answer;
  /**
   * Holds the call and dials somebody to ask. Answers the native id of the new leg, whose events wait until it
   * was read (bridge TEL-R02).
   */
  readonly consult?: (at: InteractionAddress, destination: string) => Answer<{ readonly nativeId: string }>;
  /** Holds the leg that was talking last, the primary if in doubt, and retrieves the other (bridge TEL-R05). */
  readonly alternate?: (at: InteractionAddress) => Answer;
  readonly consultTransfer?: (at: InteractionAddress) => Answer;
  readonly consultConference?: (at: InteractionAddress) => Answer;
  /** To the script of the interaction: `p1` to `p20`, those that have a value. Refuse it when none is active. */
  readonly signal?: (at: InteractionAddress, parameters: Readonly<Record<string, string>>) => Answer;
}

interface ConversationHandlers {
  readonly release?: (at: ConversationAddress) => Answer;
  readonly hold?: (at: ConversationAddress) => Answer;
  readonly retrieve?: (at: ConversationAddress) => Answer;
  readonly mute?: (at: ConversationAddress) => Answer;
  readonly unmute?: (at: ConversationAddress) => Answer;
  /** Answers when the tones have been generated (bridge CNV-R10). */
  readonly sendTones?: (at: ConversationAddress, digits: string) => Answer;
  /** Blind transfer; what fails later is told by `report.transferFailed` and the state that follows. */
  readonly transfer?: (at: ConversationAddress, destination: string) => Answer;
  /** Blind conference; what fails later is told by `report.conferenceFailed` and the state that follows. */
  readonly conference?: (at: ConversationAddress, destination: string) => Answer;
  /** Drops one party from a conference; an unknown number is refused. */
  readonly removeParty?: (at: ConversationAddress, number: string) => Answer;
}

/**
 * What an adapter author writes: the switch behind the bridge, in the switch's own ids. A request without a
 * handler is answered FAILURE with a text that names it (bridge A8-4). SUCCESS means accepted; the new state is
 * told through `report`. Handlers may run at the same time for one session; none gets the same request twice.
 * Native ids are texts of 1 to 128 characters and unique below their parent.
 */
export interface AdapterHandlers
  extends
    SwitchHandlers,
    ReadingHandlers,
    SessionHandlers,
    ChannelHandlers,
    InteractionHandlers,
    ConversationHandlers {
  /**
   * An object was disposed, after the answer: nothing more will be asked of it. A group or stand-alone channel
   * of a session that goes on was removed by its agent.
   */
  readonly disposed?: (at: NativeAddress) => void;
}
