import { type Target } from '@cordboard/kernel';

/**
 * What an agent may ask for. Every command names its object by `target`; agent protocol rows B1 to B5 say
 * which object each acts on. Translation maps the wire names onto these and back.
 */
export type Command =
  | { readonly type: 'StartSession'; readonly target: Target; readonly extension?: string | undefined }
  | { readonly type: 'LogOut'; readonly target: Target }
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
      /** `acw` enters after-call work; anything else is a reason code of the switch. */
      readonly reasonCode: string;
      readonly reasonName?: string | undefined;
    }
  | { readonly type: 'Dial'; readonly target: Target; readonly destination: string }
  | { readonly type: 'AcceptInteraction'; readonly target: Target }
  | { readonly type: 'RejectInteraction'; readonly target: Target }
  | { readonly type: 'CompleteInteraction'; readonly target: Target }
  | { readonly type: 'AnswerConversation'; readonly target: Target }
  | { readonly type: 'ReleaseConversation'; readonly target: Target }
  | { readonly type: 'HoldConversation'; readonly target: Target }
  | { readonly type: 'RetrieveConversation'; readonly target: Target };

export type CommandType = Command['type'];
