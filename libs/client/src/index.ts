export { type Client } from './client.ts';
export { type Commands, type NotReadyReason } from './commands.ts';
export { connect } from './connect.ts';
export { type ConnectOptions, type PrepareOptions } from './options.ts';
export {
  type AgentStatusInfo,
  type ConversationMember,
  emptySessionModel,
  type ModelEvent,
  reduceSession,
  type SessionModel,
  type SessionObject,
  type SessionObjectKind,
} from './session-model.ts';
export { type SocketConstructor, type SocketLike } from './socket.ts';
export { type ConnectionStatus, type EndReason } from './status.ts';
