import { type Target } from '@cordboard/kernel';
import { type InteractionData } from './values.ts';

/** What the switch reports unasked (bridge C.2 to C.7). Facts are never refused: state follows them. */
export type SwitchFact =
  | { readonly type: 'SessionEnded'; readonly target: Target; readonly reason?: string | undefined }
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
  | { readonly type: 'ConversationRinging'; readonly target: Target }
  | { readonly type: 'ConversationDialing'; readonly target: Target }
  | { readonly type: 'ConversationStarted'; readonly target: Target }
  | { readonly type: 'ConversationTalking'; readonly target: Target }
  | { readonly type: 'ConversationHeld'; readonly target: Target }
  | { readonly type: 'ConversationMuted'; readonly target: Target }
  | { readonly type: 'ConversationBusy'; readonly target: Target }
  | { readonly type: 'ConversationFailed'; readonly target: Target; readonly reason: string }
  | { readonly type: 'ConversationEnded'; readonly target: Target }
  | {
      readonly type: 'PartyAdded';
      readonly target: Target;
      readonly number: string;
      readonly name?: string | undefined;
    }
  | { readonly type: 'PartyRemoved'; readonly target: Target; readonly number: string };

export type SwitchFactType = SwitchFact['type'];
