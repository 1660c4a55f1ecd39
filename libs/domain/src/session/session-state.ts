import { type Channel } from '../channel/channel.ts';
import { type ChannelGroup } from '../channel-group/channel-group.ts';
import { type Command } from '../command.ts';
import { type Conversation } from '../conversation/conversation.ts';
import { type Interaction } from '../interaction/interaction.ts';
import { type EventData, type ReconcileCause, type SessionPolicy } from '../session-event.ts';
import { type SwitchFact } from '../switch-fact.ts';
import { type SwitchRequest, type SwitchRequestType } from '../switch-request.ts';
import { type AgentInfo, type ChannelState, type ChannelType } from '../values.ts';

/** Where a session stands (agent protocol D1; bound or not is told by `client`). */
export type SessionPhase =
  'NONE' | 'PREPARED' | 'STARTING' | 'INITIALIZING' | 'STARTED' | 'LOGGING_OUT' | 'CLOSED';

/** A request to the switch whose outcome is not known yet; `deadlineAt` in ms since the epoch. */
export interface PendingRequest {
  readonly requestId: string;
  readonly request: SwitchRequest;
  readonly deadlineAt: number;
  readonly commandId?: string | undefined;
}

/**
 * How far a command on several channels has come. `done`: the steps answered so far; `awaited`: what the last of
 * them was about, and until when its channel is given to follow, ms since the epoch.
 */
interface Sweep {
  readonly done: readonly string[];
  readonly awaited: {
    readonly type: SwitchRequestType;
    readonly path: string;
    readonly until: number;
  } | null;
}

/** A command that was accepted and not answered yet. */
export interface PendingCommand {
  readonly commandId: string;
  readonly digest: string;
  readonly command: Command;
  readonly sweep?: Sweep | undefined;
}

/**
 * Nobody is bound. `actsAt`: when the policy decides, in ms since the epoch, null for never. `lapsed`: it has
 * decided, and keeps to it until somebody binds. `attempted`: the logout that it wants has been begun.
 * `bound`: somebody was bound before.
 */
interface Absence {
  readonly actsAt: number | null;
  readonly lapsed: boolean;
  readonly attempted: boolean;
  readonly bound: boolean;
}

/** How a channel stood when a logout began, so that a failed one can say what it changed. */
interface ChannelBefore {
  readonly path: string;
  readonly state: ChannelState;
  readonly agent: AgentInfo;
}

/**
 * A logout on its way; `done` names the steps answered so far. `moved`: it goes on at another adapter than it was
 * begun at, which may be able to do other things.
 */
export interface LogOut {
  readonly commandId: string | null;
  readonly before: readonly ChannelBefore[];
  readonly done: readonly string[];
  readonly moved?: boolean;
}

/**
 * The adapter logs the agent in (`creating`), then everything is read (`surveying`); what failed is tried again at
 * `retryAt`, ms since the epoch (`waiting`). `attempts`: how many failed; `refusals`: how often the log-in was refused.
 */
export interface Reconcile {
  readonly cause: Exclude<ReconcileCause, 'timer'>;
  readonly stage: 'creating' | 'surveying' | 'waiting';
  readonly attempts: number;
  readonly refusals: number;
  readonly retryAt: number | null;
}

/**
 * What the events of one session amount to: plain data that survives JSON. The objects stand in flat lists,
 * parents before children, each with its path and its parent's.
 */
export interface SessionState {
  readonly phase: SessionPhase;
  readonly session: string;
  readonly tenant: string;
  readonly processor: string;
  readonly agent: { readonly id: string };
  /** Where the agent sits: as the switch said, or as `session.start` named it; null when nobody did. */
  readonly extension: string | null;
  readonly model: string;
  readonly policy: SessionPolicy;
  readonly owner: { readonly epoch: number; readonly worker: string } | null;
  /** The one desktop, if any. */
  readonly client: { readonly client: string; readonly binding: string } | null;
  readonly absence: Absence | null;
  readonly adapter: EventData['AdapterAssigned'] | null;
  /** Whether the adapter of the session can be asked; `none` before there is one. */
  readonly link: 'none' | 'up' | 'down';
  readonly reconcile: Reconcile | null;
  readonly commands: readonly PendingCommand[];
  readonly requests: readonly PendingRequest[];
  /** Facts that wait for their object, in the order of arrival (bridge A7-2). */
  readonly deferred: readonly SwitchFact[];
  readonly logOut: LogOut | null;
  readonly plannedGroups: readonly { readonly nativeId: string; readonly name: string }[];
  /** Stand-alone channels that a reading named and that are not registered yet. */
  readonly plannedChannels: readonly { readonly nativeId: string; readonly channelType: ChannelType }[];
  /** The agent wants to hear of changes of the address book. */
  readonly followsAddressBook: boolean;
  /** Whether the permanent voice leg of the agent is up; null until the switch says something about it. */
  readonly legConnected: boolean | null;
  readonly groups: readonly ChannelGroup[];
  readonly channels: readonly Channel[];
  readonly interactions: readonly Interaction[];
  readonly conversations: readonly Conversation[];
}

export const initialState: SessionState = {
  phase: 'NONE',
  session: '',
  tenant: '',
  processor: '',
  agent: { id: '' },
  extension: null,
  model: '',
  policy: { resumeMs: 0, whenLapsed: 'keep', unboundMs: 0 },
  owner: null,
  client: null,
  absence: null,
  adapter: null,
  link: 'none',
  reconcile: null,
  commands: [],
  requests: [],
  deferred: [],
  logOut: null,
  plannedGroups: [],
  plannedChannels: [],
  followsAddressBook: false,
  legConnected: null,
  groups: [],
  channels: [],
  interactions: [],
  conversations: [],
};
