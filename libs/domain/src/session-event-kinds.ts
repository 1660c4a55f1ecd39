import { type EventType } from './session-event.ts';

/** For every type of event whether it has a wire form (agent protocol C) or is internal. */
const WIRE: Readonly<Record<EventType, boolean>> = {
  SessionPrepared: false,
  OwnershipClaimed: false,
  ClientBound: false,
  ClientUnbound: false,
  SessionLapsed: false,
  CommandAccepted: false,
  CommandCompleted: false,
  AdapterAssigned: false,
  SwitchRequested: false,
  SwitchAnswered: false,
  SwitchFactDeferred: false,
  ConversationStarted: false,
  ConversationMemberRenamed: false,
  SessionStarted: false,
  LogOutBegan: false,
  LogOutFailed: false,
  SessionClosed: false,
  SessionInitialized: true,
  ChannelGroupCreated: true,
  ChannelGroupStateUpdated: true,
  ChannelGroupInitialized: true,
  ChannelGroupDisposed: true,
  ChannelCreated: true,
  ChannelInfoChanged: true,
  ChannelStateUpdated: true,
  ChannelInitialized: true,
  ChannelDisposed: true,
  InteractionCreated: true,
  InteractionStateUpdated: true,
  InteractionDataChanged: true,
  InteractionPreviewed: true,
  InteractionInitialized: true,
  InteractionScreenPopped: true,
  InteractionFocusChanged: true,
  InteractionEnded: true,
  InteractionCompleted: true,
  InteractionDisposed: true,
  ConversationCreated: true,
  ConversationStateUpdated: true,
  ConversationMemberAdded: true,
  ConversationMemberRemoved: true,
  ConversationInitialized: true,
  ConversationBusy: true,
  ConversationFailed: true,
  ConversationDisposed: true,
};

/** Whether agents may be shown events of this type (unless one is `silent`). */
export const hasWireForm = (type: EventType): boolean => WIRE[type];

/** Every type of event. */
export const EVENT_TYPES = Object.keys(WIRE) as readonly EventType[];
