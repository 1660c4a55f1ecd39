import { type Awaiting, type Known } from '../placed.ts';
import { type SwitchReading } from '../switch-request.ts';
import { type ConversationRole, type ConversationState, type Member } from '../values.ts';

type ConversationReading = Extract<SwitchReading, { of: 'conversation' }>;

export interface KnownConversation extends Known {
  readonly role: ConversationRole;
  readonly state: ConversationState;
  readonly members: readonly Member[];
  /** The conversation has begun: the other side answered or was answered. */
  readonly started: boolean;
  /** A blind transfer of it was asked for and has not failed. */
  readonly transferring: boolean;
  /** A blind conference was asked for, whose new party has not joined yet. */
  readonly conferencing: boolean;
  /** What the switch was asked to make of it, until it says how the leg stands; null when nothing. */
  readonly wished: 'TALKING' | 'HELD' | 'MUTE' | null;
}

/** One leg of a call (agent protocol D5). */
export type Conversation =
  (Awaiting<ConversationReading> & { readonly role: ConversationRole }) | KnownConversation;

/** Somebody is or was connected: nothing is left to answer. */
export const isConnected = (state: ConversationState): boolean =>
  state === 'TALKING' || state === 'HELD' || state === 'MUTE';
