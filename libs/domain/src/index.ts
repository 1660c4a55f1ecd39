export { type Command, type CommandType } from './command.ts';
export { commandKind, COMMAND_TYPES } from './command-kinds.ts';
export { type CallModel, EMPTY_HOUSE, type House, type QueueRule } from './house.ts';
export { personalPaths, sealScope, subjectsOf } from './personal.ts';
export { type Rejection, type RejectionCode } from './rejection.ts';
export { type Finding } from './reconcile/finding.ts';
export { isListed, mayBeSurveyed, surveyPlan, type SurveyPlan } from './reconcile/survey-plan.ts';
export { EVENT_TYPES, hasWireForm } from './session-event-kinds.ts';
export {
  type CommandOutcome,
  type EventData,
  type EventType,
  type Joined,
  type ReconcileCause,
  type SessionEvent,
  type SessionPolicy,
} from './session-event.ts';
export { type Adapter, type SessionInput } from './session-input.ts';
export { sessionDecider } from './session/decide.ts';
export { invariants } from './session/invariants.ts';
export { isPassive } from './session/passive.ts';
export { nextDeadlineAt, pendingCommand, pendingRequests } from './session/queries.ts';
export { recoveryEvents } from './session/recovery.ts';
export { allowedCommands } from './session/refusal.ts';
export {
  type PendingCommand,
  type PendingRequest,
  type Reconcile,
  type SessionPhase,
  type SessionState,
} from './session/session-state.ts';
export { type SwitchFact, type SwitchFactType } from './switch-fact.ts';
export {
  type SwitchAnswer,
  type SwitchReading,
  type SwitchRequest,
  type SwitchRequestType,
} from './switch-request.ts';
export {
  type AddressBook,
  type AgentInfo,
  type AgentStatus,
  type ChannelGroupState,
  type ChannelState,
  type ChannelType,
  type ConversationRole,
  type ConversationState,
  type Direction,
  type DirectoryEntry,
  type Disposition,
  type InteractionData,
  type InteractionState,
  type Label,
  type LogoutReason,
  type Member,
  type NotReadyReason,
  type OutboundSkill,
  type PendingStatus,
  type Script,
} from './values.ts';
