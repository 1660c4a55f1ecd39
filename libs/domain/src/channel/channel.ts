import { type Awaiting, type Known } from '../placed.ts';
import { type SwitchReading } from '../switch-request.ts';
import { type AgentInfo, type ChannelState, type ChannelType } from '../values.ts';

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

export const isBusy = (agent: AgentInfo): boolean => agent.status.startsWith('busy');
