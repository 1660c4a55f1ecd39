import {
  type Avoided,
  type Call,
  type CallData,
  type Channel,
  type Contact,
  type Invitation,
  type Leg,
  type Party,
  type Patience,
  type QueuePlace,
  type Work,
} from './model.ts';

interface OfAgent {
  readonly agent: string;
}
interface OfChannel extends OfAgent {
  readonly channel: string;
}
export interface OfWork extends OfChannel {
  readonly work: string;
}
export interface OfLeg extends OfWork {
  readonly call: string;
  readonly leg: string;
}
interface OfCall {
  readonly call: string;
}
interface OfContact {
  readonly contact: string;
}

/** How an agent's new leg stands in its call. */
export interface Joining {
  readonly invited: Invitation | null;
  readonly queue: QueuePlace | null;
}

/** What an agent is given; `until`: when it stops alerting by itself, null for what the agent began. */
interface WorkOffering {
  readonly offered: Work;
  readonly joining: Joining | null;
  readonly until: number | null;
}

type Event<Type extends string, Of, Body = unknown> = { readonly type: Type } & Of & Body;

type AgentEvent =
  | Event<'AgentLoggedIn', OfAgent>
  | Event<'AgentLoggedOut', OfAgent, { readonly byPhone: boolean }>
  | Event<'AgentLegChanged', OfAgent, { readonly to: 'connected' | 'disconnected' }>
  | Event<'AgentLegFailed', OfAgent, { readonly reason: string }>
  | Event<'GroupOpened', OfAgent, { readonly group: string; readonly channels: readonly Channel[] }>
  | Event<'GroupClosed', OfAgent, { readonly group: string }>
  | Event<'ChannelAdded', OfChannel, { readonly added: Channel }>
  | Event<'ChannelJoined', OfChannel, { readonly group: string; readonly added: Channel }>
  | Event<'ChannelVanished', OfChannel, { readonly group: string | null; readonly byPhone: boolean }>
  | Event<'ChannelActivated', OfChannel>
  | Event<'ChannelDeactivated', OfChannel>
  | Event<'ChannelTaken', OfChannel>
  | Event<'ChannelFreed', OfChannel>
  | Event<'AgentReady', OfChannel, { readonly busy: boolean; readonly at: number }>
  | Event<
      'AgentNotReady',
      OfChannel,
      { readonly busy: boolean; readonly reasonCode: string; readonly reasonName: string }
    >;

export type WorkEvent =
  | Event<'WorkOffered', OfWork, WorkOffering>
  | Event<'WorkAlerting', OfWork>
  | Event<'WorkStarted', OfWork>
  | Event<'WorkEnded', OfWork>
  | Event<'WorkCompleted', OfWork>
  | Event<'DataChanged', OfWork, { readonly changes: CallData }>
  | Event<'DispositionSet', OfWork, { readonly disposition: string }>
  | Event<'ScriptSignalled', OfWork, { readonly signals: readonly string[]; readonly ends: boolean }>;

export type LegEvent =
  | Event<'ConsultOffered', OfLeg, { readonly offered: Leg; readonly byPhone: boolean }>
  | Event<'LegRinging', OfLeg>
  | Event<'LegDialing', OfLeg>
  | Event<'LegStarted', OfLeg>
  | Event<'LegTalking', OfLeg>
  | Event<'LegHeld', OfLeg>
  | Event<'LegMuted', OfLeg>
  | Event<'PartyAdded', OfLeg, { readonly party: Party }>
  | Event<'PartyRemoved', OfLeg, { readonly number: string }>
  | Event<'LegBusy', OfLeg>
  | Event<'LegFailed', OfLeg, { readonly reason: string }>
  | Event<'TransferFailed', OfLeg, { readonly reason: string }>
  | Event<'ConferenceFailed', OfLeg, { readonly reason: string }>
  | Event<'LegEnded', OfLeg>;

type CallEvent =
  | Event<'CallPlaced', OfCall, { readonly placed: Call }>
  | Event<'MemberInvited', OfCall, { readonly member: Call['members'][number] }>
  | Event<'OutsideRings', OfCall, { readonly number: string; readonly at: number }>
  | Event<'CallAnswered', OfCall, { readonly number: string; readonly at: number }>
  | Event<'MemberLeft', OfCall, { readonly number: string }>
  | Event<'CallRequeued', OfCall, { readonly place: QueuePlace }>
  | Event<'CallsMerged', OfCall, { readonly from: string }>
  | Event<'CallLeftAlone', OfCall, { readonly until: number }>
  | Event<'CallDataChanged', OfCall, { readonly changes: CallData }>
  | Event<'TonesSent', OfCall, { readonly by: 'byAgents' | 'byOutside'; readonly digits: string }>
  | Event<'CallEnded', OfCall, { readonly at: number; readonly reason: string }>;

type ContactEvent =
  | Event<'ContactPlaced', OfContact, { readonly placed: Contact }>
  | Event<'ContactRequeued', OfContact, { readonly avoid: Avoided | null }>
  | Event<'ContactEnded', OfContact, { readonly at: number; readonly reason: string }>;

type HouseEvent =
  | { readonly type: 'CallsCleared' }
  | { readonly type: 'PatienceChanged'; readonly patience: Patience }
  /** Everything that went on is lost, and nobody is logged in. */
  | { readonly type: 'SwitchRestarted' };

/**
 * What happened in the switch. Those of agents, work and legs are what an adapter reports; those of calls and
 * contacts are its own.
 */
export type SwitchEvent = AgentEvent | WorkEvent | LegEvent | CallEvent | ContactEvent | HouseEvent;

export type SwitchEventType = SwitchEvent['type'];
