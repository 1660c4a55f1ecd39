import { type SwitchReading, type WantedGroup } from '../switch-request.ts';
import { type Awaiting, type Known } from '../placed.ts';
import { type ChannelGroupState, type ChannelType } from '../values.ts';

/** A channel that a reading named and that is not registered yet. */
interface PlannedChannel {
  readonly nativeId: string;
  readonly channelType: ChannelType;
}

type GroupReading = Extract<SwitchReading, { of: 'channelgroup' }>;

export interface KnownGroup extends Known {
  readonly name: string;
  readonly planned: readonly PlannedChannel[];
  /** What the agent asked for when it added the group; absent for one that a reading named. */
  readonly wanted?: WantedGroup | undefined;
  /** The state announced last; null before the first. */
  readonly state: ChannelGroupState | null;
}

/** Holds channels and tracks how many of them are active (agent protocol D3). */
export type ChannelGroup = (Awaiting<GroupReading> & Pick<KnownGroup, 'name' | 'wanted'>) | KnownGroup;
