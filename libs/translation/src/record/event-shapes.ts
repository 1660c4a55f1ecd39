import { type EventName } from '@cordboard/agent-protocol';
import { type EventType, type SessionEvent } from '@cordboard/domain';
import { type ObjectKind } from '@cordboard/kernel';

/** How an event stands in the log and on the wire. */
export interface EventShape {
  /** Name of the object event; null for an internal type. */
  readonly name: EventName | null;
  /** What its target addresses: a kind, the parent of a new object, or whatever the event is about. */
  readonly on: ObjectKind | 'session-or-group' | 'any';
  /**
   * The version of the vocabulary that last changed this type. One counter serves all types, so that a reader
   * knows from the highest number in a stream whether it can read the stream.
   */
  readonly version: number;
}

const wire = (name: EventName, on: EventShape['on'], version = 1): EventShape => ({ name, on, version });
const internal = (on: EventShape['on'], version = 1): EventShape => ({ name: null, on, version });

/** Every type of event (agent protocol C; internal ones have no name). */
export const EVENT_SHAPES: Readonly<Record<EventType, EventShape>> = {
  SessionPrepared: internal('session', 3),
  OwnershipClaimed: internal('session'),
  ClientBound: internal('session'),
  ClientUnbound: internal('session'),
  SessionLapsed: internal('session'),
  CommandAccepted: internal('any', 2),
  CommandCompleted: internal('any', 2),
  AdapterAssigned: internal('session', 3),
  AdapterLost: internal('session', 3),
  ReconcileBegan: internal('session', 3),
  Reconciled: internal('any', 3),
  ReconcileEnded: internal('session', 3),
  SwitchRequested: internal('any', 2),
  SwitchAnswered: internal('any', 2),
  SwitchFactDeferred: internal('any', 2),
  InteractionRuled: internal('interaction', 2),
  InteractionDispositionSet: internal('interaction', 2),
  InteractionHoldBackBegan: internal('interaction', 2),
  InteractionHoldBackEnded: internal('interaction', 2),
  ConversationStarted: internal('conversation'),
  ConversationMemberRenamed: internal('conversation'),
  AddressBookFollowed: internal('session', 2),
  AfterCallWorkBegan: internal('channel', 2),
  AfterCallWorkEnded: internal('channel', 2),
  SessionStarted: internal('session'),
  LogOutBegan: internal('session'),
  LogOutFailed: internal('session'),
  SessionClosed: internal('session'),
  SessionInitialized: wire('session.initialized', 'session'),
  NotReadyReasonsUpdated: wire('session.externalnotreadyreasons.updated', 'session', 2),
  LogoutReasonsUpdated: wire('session.externallogoutreasons.updated', 'session', 2),
  AgentLegConnected: wire('session.incontact.agentleg.connected', 'session', 2),
  AgentLegDisconnected: wire('session.incontact.agentleg.disconnected', 'session', 2),
  AgentLegFailed: wire('session.incontact.agentleg.failed', 'session', 2),
  AddressBookUpdated: wire('session.incontact.addressbook.updated', 'session', 2),
  ChannelGroupCreated: wire('channelgroup.created', 'session'),
  ChannelGroupStateUpdated: wire('state.updated', 'channelgroup'),
  ChannelGroupInitialized: wire('channelgroup.initialized', 'channelgroup'),
  ChannelGroupDisposed: wire('channelgroup.disposed', 'channelgroup'),
  ChannelCreated: wire('channel.created', 'session-or-group'),
  ChannelInfoChanged: wire('channel.infochanged', 'channel', 2),
  ChannelStateUpdated: wire('state.updated', 'channel'),
  ChannelInitialized: wire('channel.initialized', 'channel'),
  ChannelDisposed: wire('channel.disposed', 'channel'),
  DispositionsUpdated: wire('channel.externaldispositions.updated', 'channel', 2),
  InteractionCreated: wire('interaction.created', 'channel'),
  InteractionStateUpdated: wire('state.updated', 'interaction'),
  InteractionDataChanged: wire('interaction.datachanged', 'interaction'),
  InteractionPreviewed: wire('interaction.preview', 'interaction'),
  InteractionInitialized: wire('interaction.initialized', 'interaction'),
  InteractionScreenPopped: wire('interaction.screenpop', 'interaction'),
  InteractionFocusChanged: wire('interaction.focuschanged', 'interaction'),
  InteractionEnded: wire('interaction.ended', 'interaction'),
  InteractionCompleted: wire('interaction.complete', 'interaction'),
  InteractionDisposed: wire('interaction.disposed', 'interaction'),
  ConversationCreated: wire('conversation.created', 'interaction'),
  ConversationStateUpdated: wire('state.updated', 'conversation'),
  ConversationMemberAdded: wire('conversation.member.added', 'conversation'),
  ConversationMemberRemoved: wire('conversation.member.removed', 'conversation'),
  ConversationInitialized: wire('conversation.initialized', 'conversation'),
  ConversationBusy: wire('conversation.busy', 'conversation'),
  ConversationFailed: wire('conversation.failed', 'conversation'),
  ConversationTransferFailed: wire('conversation.transfer.failed', 'conversation', 2),
  ConversationConferenceFailed: wire('conversation.conference.failed', 'conversation', 2),
  ConversationDisposed: wire('conversation.disposed', 'conversation'),
};

/** Told to whoever listens now, never stored and without a place in the stream (design K15). */
export const isPassing = ({ type }: Pick<SessionEvent, 'type'>): boolean => type === 'AddressBookUpdated';

/** The highest version that this release reads and writes (design K22). */
export const HIGHEST_VERSION = Math.max(...Object.values(EVENT_SHAPES).map(({ version }) => version));
