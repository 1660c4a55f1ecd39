import { type QueueRule } from '../house.ts';
import { type Conversation } from '../conversation/conversation.ts';
import { type Awaiting, isKnown, type Known } from '../placed.ts';
import { type SwitchReading } from '../switch-request.ts';
import {
  type ChannelType,
  type ConversationRole,
  type Direction,
  type InteractionData,
  type InteractionState,
} from '../values.ts';

/** A conversation that a reading named and that is not registered yet. */
export interface PlannedConversation {
  readonly nativeId: string;
  readonly role: ConversationRole;
}

/**
 * Something is done with both legs. `legs`: paths of those whose entry in the list of the protocol is still to
 * come; the first leg comes before the second (bridge A7-12). `until`: not longer than that, ms since the epoch;
 * null as long as the switch has not agreed, when nothing waits yet.
 */
export interface HoldBack {
  readonly by: 'consult' | 'alternate' | 'consult-transfer';
  readonly until: number | null;
  readonly legs: readonly string[];
}

export type InteractionReading = Extract<SwitchReading, { of: 'interaction' }>;

export interface KnownInteraction extends Known {
  readonly type: ChannelType;
  /** Null when the switch does not say. */
  readonly direction: Direction | null;
  readonly state: InteractionState;
  readonly data: InteractionData;
  readonly planned: readonly PlannedConversation[];
  /** It was the agent's at some time, so it waits for the agent to complete it. */
  readonly accepted: boolean;
  readonly previewed: boolean;
  readonly popped: boolean;
  /** Id of the conversation in focus (bridge D.3). */
  readonly focus: string | null;
  /** What its queue asks for; null without a queue that has a rule. */
  readonly rule: QueueRule | null;
  readonly disposition: string | null;
  readonly holdBack: HoldBack | null;
}

/** One call, chat or mail (agent protocol D4). */
export type Interaction = (Awaiting<InteractionReading> & { readonly type: ChannelType }) | KnownInteraction;

/** Nobody ever took this call, so nobody will complete it (agent protocol D4). */
export const isUnclaimed = ({ direction, accepted }: KnownInteraction): boolean =>
  direction === 'inbound' && !accepted;

/** It goes by itself, nothing is left for the agent to do. The same native id means another one then. */
export const isLeaving = (interaction: Interaction, legs: readonly Conversation[]): boolean => {
  if (interaction.stage === 'DROPPING' || interaction.stage === 'DISPOSING') return true;
  if (!isKnown(interaction)) return false;
  if (interaction.state === 'COMPLETED') return true;
  const released = legs.every((leg) => isKnown(leg) && leg.state === 'RELEASED');
  return released && (legs.length > 0 || interaction.state === 'ENDED') && isUnclaimed(interaction);
};

/** Somebody is waiting, or being talked to. */
export const isRunning = (state: InteractionState): boolean => state !== 'ENDED' && state !== 'COMPLETED';

/** Ongoing: it forbids to deactivate the channel and to log out (agent protocol D1). */
export const isOngoing = (interaction: Interaction): boolean => {
  switch (interaction.stage) {
    case 'REGISTERING':
    case 'READING':
    case 'READ':
      return true;
    case 'DROPPING':
      return false;
    default:
      return isRunning(interaction.state);
  }
};
