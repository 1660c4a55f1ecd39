import { type Awaiting, type Known } from '../placed.ts';
import { type SwitchReading } from '../switch-request.ts';
import { type AgentInfo, type ChannelState, type ChannelType, type PendingStatus } from '../values.ts';

type ChannelReading = Extract<SwitchReading, { of: 'channel' }>;

export interface KnownChannel extends Known {
  readonly type: ChannelType;
  readonly state: ChannelState;
  readonly agent: AgentInfo;
  /** Native ids of interactions that the reading named and that are not registered yet. */
  readonly planned: readonly string[];
  /**
   * A call dialled here has not shown up yet. `paired`: the switch reported the busy agent meanwhile, so the
   * pair of events that precedes an outbound interaction is out already (bridge T-23).
   */
  readonly dialling: { readonly paired: boolean } | null;
  /** What the agent asked for while busy, as it was told last. */
  readonly pending?: PendingStatus | undefined;
  /** Until when after-call work lasts, as it was told last; ms since the epoch. */
  readonly afterCallWorkEndsAt?: number | undefined;
  readonly wrapUp?: WrapUp | undefined;
}

/** After-call work that a timer ends; see `AfterCallWorkBegan`. */
export interface WrapUp {
  readonly endsAt: number;
  readonly interaction: string;
  readonly next: PendingStatus | null;
}

/** Where an agent logs in and works (agent protocol D2). */
export type Channel = (Awaiting<ChannelReading> & { readonly type: ChannelType }) | KnownChannel;

const SUPPORTED: ReadonlySet<ChannelType> = new Set(['TELEPHONY', 'CHAT', 'EMAIL', 'CALLBACK']);

/** A channel of another type only shows whether somebody is logged in on it (bridge B.4, T-26). */
export const isSupported = ({ type }: { readonly type: ChannelType }): boolean => SUPPORTED.has(type);

/** What an agent is available for before the switch says anything (agent protocol D2). */
export const UNKNOWN_AGENT: AgentInfo = { status: 'not_ready', lastReasonCode: '', lastReasonName: '' };

/** Calls would be offered to this agent once the present one is over, or now. */
export const isReady = (channel: KnownChannel): boolean =>
  channel.agent.status === 'ready' || channel.agent.status === 'busy_ready';

/** The status without the work that goes on; null when the switch does not say. */
export const baseStatus = ({ status }: AgentInfo): PendingStatus['status'] | null => {
  switch (status) {
    case 'busy':
      return null;
    case 'busy_ready':
      return 'ready';
    case 'busy_not_ready':
      return 'not_ready';
    case 'busy_after_call_work':
      return 'after_call_work';
    default:
      return status;
  }
};

export const isBusy = (agent: AgentInfo): boolean => agent.status.startsWith('busy');
