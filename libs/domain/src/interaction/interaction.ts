import { type Awaiting, type Known } from '../placed.ts';
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
}

/** One call, chat or mail (agent protocol D4). */
export type Interaction = (Awaiting<InteractionReading> & { readonly type: ChannelType }) | KnownInteraction;

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
      return interaction.state !== 'ENDED' && interaction.state !== 'COMPLETED';
  }
};
