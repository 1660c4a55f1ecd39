import { type Target } from '@cordboard/kernel';
import { type AddressBook, type ChannelType, type InteractionData } from './values.ts';

/** What the switch reports unasked (bridge C.2 to C.7). Facts are never refused: state follows them. */
export type SwitchFact =
  | { readonly type: 'SessionEnded'; readonly target: Target; readonly reason?: string | undefined }
  /** Live changes of the address book, while the agent wants them (extension family). */
  | {
      readonly type: 'AddressBookChanged';
      readonly target: Target;
      readonly addressBooks: readonly AddressBook[];
    }
  /** The permanent voice leg of the agent (extension family). */
  | {
      readonly type: 'AgentLegChanged';
      readonly target: Target;
      readonly state: 'connected' | 'disconnected' | 'failed';
      readonly error?: string | undefined;
    }
  /** A channel joined a group outside the desktop (bridge CGP-E01). */
  | {
      readonly type: 'ChannelJoined';
      readonly target: Target;
      readonly nativeId: string;
      readonly channelType: ChannelType;
    }
  | { readonly type: 'ChannelActivated'; readonly target: Target }
  | { readonly type: 'ChannelDeactivated'; readonly target: Target }
  | { readonly type: 'ChannelUnavailable'; readonly target: Target }
  | { readonly type: 'ChannelAvailable'; readonly target: Target }
  | { readonly type: 'ChannelVanished'; readonly target: Target }
  | { readonly type: 'AgentReady'; readonly target: Target; readonly busy: boolean }
  | {
      readonly type: 'AgentNotReady';
      readonly target: Target;
      readonly busy: boolean;
      readonly reasonCode?: string | undefined;
      readonly reasonName?: string | undefined;
    }
  | { readonly type: 'InteractionOffered'; readonly target: Target; readonly nativeId: string }
  | { readonly type: 'InteractionAlerting'; readonly target: Target }
  | { readonly type: 'InteractionStarted'; readonly target: Target }
  | { readonly type: 'InteractionEnded'; readonly target: Target }
  | { readonly type: 'InteractionCompleted'; readonly target: Target }
  | {
      readonly type: 'InteractionDataChanged';
      readonly target: Target;
      /** Changed keys only; null removes a key. */
      readonly changes: Readonly<Record<string, InteractionData[string] | null>>;
    }
  /** A consult call was begun outside the desktop (bridge TEL-E01). */
  | { readonly type: 'ConsultOffered'; readonly target: Target; readonly nativeId: string }
  | { readonly type: 'ConversationRinging'; readonly target: Target }
  | { readonly type: 'ConversationDialing'; readonly target: Target }
  | { readonly type: 'ConversationStarted'; readonly target: Target }
  | { readonly type: 'ConversationTalking'; readonly target: Target }
  | { readonly type: 'ConversationHeld'; readonly target: Target }
  | { readonly type: 'ConversationMuted'; readonly target: Target }
  | { readonly type: 'ConversationBusy'; readonly target: Target }
  | { readonly type: 'ConversationFailed'; readonly target: Target; readonly reason: string }
  | { readonly type: 'ConversationEnded'; readonly target: Target }
  /** What was tried did not work; the state follows what the switch reports next (bridge F-06). */
  | { readonly type: 'TransferFailed'; readonly target: Target; readonly reason: string }
  | { readonly type: 'ConferenceFailed'; readonly target: Target; readonly reason: string }
  | {
      readonly type: 'PartyAdded';
      readonly target: Target;
      readonly number: string;
      readonly name?: string | undefined;
    }
  | { readonly type: 'PartyRemoved'; readonly target: Target; readonly number: string };

export type SwitchFactType = SwitchFact['type'];
