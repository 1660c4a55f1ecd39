export { type Command, type CommandType } from './command.ts';
export { type Rejection, type RejectionCode } from './rejection.ts';
export {
  type CommandOutcome,
  type EventData,
  type EventType,
  type SessionEvent,
  type SessionPolicy,
} from './session-event.ts';
export { type Adapter, type SessionInput } from './session-input.ts';
export { type SwitchFact, type SwitchFactType } from './switch-fact.ts';
export {
  type SwitchAnswer,
  type SwitchReading,
  type SwitchRequest,
  type SwitchRequestType,
} from './switch-request.ts';
export {
  type AgentInfo,
  type AgentStatus,
  type ChannelGroupState,
  type ChannelState,
  type ChannelType,
  type ConversationRole,
  type ConversationState,
  type Direction,
  type InteractionData,
  type InteractionState,
  type Member,
} from './values.ts';
