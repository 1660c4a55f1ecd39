export { type Client } from './client.ts';
export { type Commands } from './commands.ts';
export { connect } from './connect.ts';
export { type ConnectOptions, type PrepareOptions } from './options.ts';
export { type AnswerOf, type DataOf, type NeedInfo, type ResponseOf } from './protocol/command-data.ts';
export { type EventData, type EventOf, type HeardEventName, type Listen } from './protocol/event-data.ts';
export {
  type AddressBook,
  type AddressBookEntry,
  type AddressBookGroup,
  type AgentStatus,
  type AgentStatusInfo,
  type ChannelGroupState,
  type ChannelState,
  type ChannelType,
  type ConversationMember,
  type ConversationState,
  type DirectoryEntry,
  type Disposition,
  type EntryProperties,
  type InteractionData,
  type InteractionState,
  type Label,
  type LogoutReason,
  type NotReadyReason,
  type PendingStatus,
  type Script,
} from './protocol/values.ts';
export {
  type AgentLeg,
  emptySessionModel,
  type ModelEvent,
  type SessionModel,
  type SessionObject,
  type SessionObjectKind,
} from './session-model/model.ts';
export { reduceSession } from './session-model/reduce-session.ts';
export { type SocketConstructor, type SocketLike } from './socket.ts';
export { type ConnectionStatus, type EndReason } from './status.ts';
