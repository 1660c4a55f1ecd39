import { type Json, type Target } from '@cordboard/kernel';
import { type Command } from './command.ts';
import { type RejectionCode } from './rejection.ts';
import { type SwitchFact } from './switch-fact.ts';
import { type SwitchAnswer, type SwitchRequest } from './switch-request.ts';
import {
  type AgentInfo,
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

/**
 * What becomes of a session whose browser stays away. `resumeMs`: how long an unbound session waits;
 * `whenLapsed`: what happens then; `unboundMs`: how long a session that was never bound lives.
 */
export interface SessionPolicy {
  readonly resumeMs: number;
  readonly whenLapsed: 'keep' | 'not-ready' | 'log-out';
  readonly unboundMs: number;
}

/** How a command ended; what the agent is answered. */
export type CommandOutcome =
  | { readonly result: 'success' }
  | { readonly result: 'failure'; readonly code: RejectionCode; readonly message: string };

type Changed<State> = { readonly state: State; readonly previousState: State | null };
type Empty = Readonly<Record<string, never>>;

/**
 * Data of every event, by type. Types with a wire form carry exactly what the wire carries, less what
 * rendering adds from the state (`objectType`, `capabilities`); the others are internal.
 */
export interface EventData {
  // Internal: intents, outcomes, claims and what the switch said before it may be shown.
  readonly SessionPrepared: {
    readonly session: string;
    readonly tenant: string;
    readonly processor: string;
    readonly agent: { readonly id: string };
    readonly model: string;
    readonly policy: SessionPolicy;
    /** When the session ends if nobody binds it, ms since the epoch. */
    readonly endsAt: number;
  };
  readonly OwnershipClaimed: { readonly epoch: number; readonly worker: string };
  readonly ClientBound: { readonly client: string; readonly binding: string };
  readonly ClientUnbound: {
    readonly binding: string;
    readonly reason: 'closed' | 'lapsed' | 'taken-over';
    /** When the policy decides about the session if nobody binds again, ms since the epoch; null: never. */
    readonly lapsesAt: number | null;
  };
  /** Nobody bound again in time: the policy acts. */
  readonly SessionLapsed: Empty;
  readonly CommandAccepted: {
    readonly commandId: string;
    readonly digest: string;
    readonly command: Command;
  };
  readonly CommandCompleted: {
    readonly commandId: string;
    readonly digest: string;
    readonly outcome: CommandOutcome;
  };
  readonly AdapterAssigned: {
    readonly instance: string;
    readonly capabilities: Readonly<Record<string, Json>>;
  };
  readonly SwitchRequested: {
    readonly requestId: string;
    readonly request: SwitchRequest;
    readonly deadlineAt: number;
    readonly commandId?: string | undefined;
  };
  readonly SwitchAnswered: { readonly requestId: string; readonly answer: SwitchAnswer };
  readonly SwitchFactDeferred: { readonly fact: SwitchFact };
  readonly ConversationStarted: Empty;
  /** A party that is known already got another name (bridge F-21); agents are not told. */
  readonly ConversationMemberRenamed: { readonly member: Member };
  readonly SessionStarted: Empty;
  /** The logout runs: for a command, or without one for the policy of an absent agent. */
  readonly LogOutBegan: { readonly commandId?: string | undefined };
  /** The logout broke off and the session goes on. `retryAt`: when the policy tries again, else null. */
  readonly LogOutFailed: { readonly retryAt: number | null };
  readonly SessionClosed: {
    readonly reason:
      'logged-out' | 'overridden' | 'never-bound' | 'abandoned' | 'ended-by-switch' | 'start-failed';
  };

  // Wire: object events of the agent protocol (section C).
  readonly SessionInitialized: Empty;
  readonly ChannelGroupCreated: { readonly channelgroup: { readonly id: string; readonly name: string } };
  readonly ChannelGroupStateUpdated: Changed<ChannelGroupState>;
  readonly ChannelGroupInitialized: Empty;
  readonly ChannelGroupDisposed: Empty;
  readonly ChannelCreated: {
    readonly channel: {
      readonly id: string;
      readonly name: string;
      readonly type: ChannelType;
      readonly modelType: ChannelType;
    };
  };
  readonly ChannelInfoChanged: { readonly state: ChannelState; readonly agentStatus: AgentInfo };
  readonly ChannelStateUpdated: Changed<ChannelState>;
  readonly ChannelInitialized: Empty;
  readonly ChannelDisposed: Empty;
  readonly InteractionCreated: {
    readonly interaction: {
      readonly id: string;
      readonly type: ChannelType;
      readonly modelType: ChannelType;
      /** Absent for a call that was up before anybody looked: the switch does not say who called whom. */
      readonly direction?: Direction | undefined;
    };
  };
  readonly InteractionStateUpdated: Changed<InteractionState>;
  readonly InteractionDataChanged: {
    readonly interactionData: InteractionData;
    readonly changed?: readonly string[] | undefined;
  };
  readonly InteractionPreviewed: { readonly interactionData: InteractionData };
  readonly InteractionInitialized: Empty;
  readonly InteractionScreenPopped: { readonly interactionData: InteractionData };
  readonly InteractionFocusChanged: { readonly conversation: { readonly id: string } | null };
  readonly InteractionEnded: Empty;
  readonly InteractionCompleted: Empty;
  readonly InteractionDisposed: Empty;
  readonly ConversationCreated: {
    readonly conversation: { readonly id: string; readonly role: ConversationRole };
  };
  readonly ConversationStateUpdated: Changed<ConversationState>;
  readonly ConversationMemberAdded: { readonly member: Member };
  readonly ConversationMemberRemoved: { readonly member: Member };
  readonly ConversationInitialized: Empty;
  readonly ConversationBusy: Empty;
  readonly ConversationFailed: { readonly reason: string };
  readonly ConversationDisposed: Empty;
}

export type EventType = keyof EventData;

/**
 * One thing that happened. `target` is the event's own target (the parent's path for `*Created`). `silent`
 * marks an event that would have a wire form but is not shown: steps of a logout, tear-down of a closed session.
 */
export type SessionEvent = {
  readonly [Type in EventType]: {
    readonly type: Type;
    readonly target: Target;
    readonly data: EventData[Type];
    readonly silent?: true | undefined;
  };
}[EventType];
