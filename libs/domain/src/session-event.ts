import { type Json, type JsonObject, type Target } from '@cordboard/kernel';
import { type Command } from './command.ts';
import { type ConfiguredList } from './house.ts';
import { type RejectionCode } from './rejection.ts';
import { type SwitchFact } from './switch-fact.ts';
import { type SwitchAnswer, type SwitchRequest } from './switch-request.ts';
import {
  type AddressBook,
  type AgentInfo,
  type ChannelGroupState,
  type ChannelState,
  type ChannelType,
  type ConversationRole,
  type ConversationState,
  type Direction,
  type Disposition,
  type InteractionData,
  type InteractionState,
  type LogoutReason,
  type Member,
  type NotReadyReason,
  type OutboundSkill,
  type PendingStatus,
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
  /** `data`: what a reading command answers; never stored, so a repeated one is carried out again (`again`). */
  | {
      readonly result: 'success';
      readonly data?: JsonObject | undefined;
      readonly again?: true | undefined;
    }
  /** Nothing was dialled: the agent chooses a skill and dials again (agent protocol A5). */
  | { readonly result: 'needinfo'; readonly skills: readonly OutboundSkill[] }
  | { readonly result: 'failure'; readonly code: RejectionCode; readonly message: string };

/** Why a session is compared with what the switch says. */
export type ReconcileCause =
  | 'adapter-restarted'
  | 'adapter-moved'
  | 'switch-link-restored'
  | 'connection-restored'
  | 'events-lost'
  | 'timer';

/** A child that the switch has and the session did not know; `channelType` for channels, `role` for legs. */
export interface Joined {
  readonly nativeId: string;
  readonly name?: string | undefined;
  readonly role?: ConversationRole | undefined;
  readonly channelType?: ChannelType | undefined;
}

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
    /** The extension is what the switch said of the agent; `session.start` may name another one. */
    readonly agent: { readonly id: string; readonly extension?: string | undefined };
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
    /** Absent in older rows. */
    readonly incarnation?: string | undefined;
    /** Lists that the tenant had configured then, for a switch that has none; absent in older rows. */
    readonly configured?: readonly ConfiguredList[] | undefined;
  };
  /** The adapter is out of reach, or has forgotten what it knew; what was under way is given up. */
  readonly AdapterLost: {
    readonly instance: string;
    readonly reason: 'silent' | 'stopped' | 'restarted' | 'events-lost';
  };
  /** An adapter is there again: the agent is logged in there, then everything is read. */
  readonly ReconcileBegan: { readonly cause: Exclude<ReconcileCause, 'timer'> };
  /**
   * What the switch says of the target differs from what was known. `before`, `after`: only what differs, never
   * anything personal; `after` is null when the switch has it no more. `joined`: children that come in now.
   */
  readonly Reconciled: {
    readonly cause: ReconcileCause;
    readonly before: JsonObject | null;
    readonly after: JsonObject | null;
    readonly joined?: readonly Joined[] | undefined;
  };
  /** `retryAt`: when it is tried again, ms since the epoch; null when it is done. */
  readonly ReconcileEnded: { readonly outcome: 'done' | 'failed'; readonly retryAt: number | null };
  readonly SwitchRequested: {
    readonly requestId: string;
    readonly request: SwitchRequest;
    readonly deadlineAt: number;
    readonly commandId?: string | undefined;
  };
  readonly SwitchAnswered: {
    readonly requestId: string;
    readonly answer: SwitchAnswer;
    /** The command goes on when the channel has followed, not later than this, ms since the epoch. */
    readonly followBy?: number | undefined;
  };
  readonly SwitchFactDeferred: { readonly fact: SwitchFact };
  /**
   * What the queue of an interaction asks for. `wrapUpMs`: how long after-call work lasts, 0 for none;
   * `dispositionRequired`: it cannot be completed without one.
   */
  readonly InteractionRuled: {
    readonly queue: string;
    readonly wrapUpMs: number;
    readonly dispositionRequired: boolean;
  };
  readonly InteractionDispositionSet: { readonly disposition: string };
  /**
   * Events of two legs keep the order of the protocol: what comes too early waits (bridge A7-12). `until`: not
   * longer than that, ms since the epoch.
   */
  readonly InteractionHoldBackBegan: {
    readonly by: 'consult' | 'alternate' | 'consult-transfer';
    readonly until: number;
  };
  readonly InteractionHoldBackEnded: Empty;
  readonly ConversationStarted: Empty;
  /** A party that is known already got another name (bridge F-21); agents are not told. */
  readonly ConversationMemberRenamed: { readonly member: Member };
  /** The agent wants to hear of changes of the address book, or no longer. */
  readonly AddressBookFollowed: { readonly realtime: boolean };
  /**
   * After-call work on a channel goes on until `endsAt`, ms since the epoch, unless the agent ends it before.
   * `interaction`: id of the one that it is about; `next`: what the agent becomes then, null to leave it at that.
   */
  readonly AfterCallWorkBegan: {
    readonly endsAt: number;
    readonly interaction: string;
    readonly next: PendingStatus | null;
  };
  readonly AfterCallWorkEnded: { readonly reason: 'elapsed' | 'changed' | 'completed' | 'refused' };
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
  readonly NotReadyReasonsUpdated: { readonly reasonCodes: readonly NotReadyReason[] };
  readonly LogoutReasonsUpdated: { readonly logoutReasons: readonly LogoutReason[] };
  readonly AgentLegConnected: Empty;
  readonly AgentLegDisconnected: Empty;
  readonly AgentLegFailed: { readonly error: string };
  /** Passing: told to whoever listens now, never stored and without a place in the stream (design K15). */
  readonly AddressBookUpdated: { readonly addressbooks: readonly AddressBook[] };
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
  readonly ChannelInfoChanged: {
    readonly state: ChannelState;
    readonly agentStatus: AgentInfo;
    /** What the agent asked for while busy and gets when the work is over. */
    readonly pending?: PendingStatus | undefined;
    /** Until when after-call work lasts, ms since the epoch. */
    readonly afterCallWorkEndsAt?: number | undefined;
  };
  readonly ChannelStateUpdated: Changed<ChannelState>;
  readonly ChannelInitialized: Empty;
  readonly ChannelDisposed: Empty;
  readonly DispositionsUpdated: { readonly dispositions: readonly Disposition[] };
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
  readonly ConversationTransferFailed: { readonly reason: string };
  readonly ConversationConferenceFailed: { readonly reason: string };
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
