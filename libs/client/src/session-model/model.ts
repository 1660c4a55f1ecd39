import { type JsonObject } from '@cordboard/kernel';
import {
  type AddressBook,
  type AgentStatusInfo,
  type ConversationMember,
  type Disposition,
  type LogoutReason,
  type NotReadyReason,
  type PendingStatus,
} from '../protocol/values.ts';

/** The kinds of object that a session holds. */
export type SessionObjectKind = 'channelgroup' | 'channel' | 'interaction' | 'conversation';

/** What any object event tells, with or without its cursor (a snapshot's events have none). */
export interface ModelEvent {
  readonly target: string;
  readonly name: string;
  readonly data: JsonObject;
}

/**
 * One object as the events so far describe it. `path` is its dotted target, `state` null before its first
 * `state.updated`; what does not belong to its kind stays absent.
 */
export interface SessionObject {
  readonly path: string;
  /** Path of the object that it belongs to; the session's id for groups and stand-alone channels. */
  readonly parent: string;
  readonly id: string;
  readonly kind: SessionObjectKind;
  readonly state: string | null;
  readonly initialized: boolean;
  /** Command name to whether it is accepted now. */
  readonly capabilities: Readonly<Record<string, boolean>>;
  /** Names, types, direction, role: what `*.created` told, without the id. */
  readonly about: JsonObject;
  readonly agentStatus?: AgentStatusInfo | undefined;
  /** What the agent of a channel asked to be once the present work is over. */
  readonly pending?: PendingStatus | undefined;
  /** When after-call work on a channel ends by itself, in ms since the epoch. */
  readonly afterCallWorkEndsAt?: number | undefined;
  /** The list of a channel, once it was asked for. */
  readonly dispositions?: readonly Disposition[] | undefined;
  readonly interactionData?: JsonObject | undefined;
  /** Id of the conversation in focus of an interaction; null when none is. */
  readonly focus?: string | null | undefined;
  readonly members?: readonly ConversationMember[] | undefined;
  /** What went wrong with a call last: `busy`, or the reason why it, its transfer or its conference failed. */
  readonly failure?: string | undefined;
}

/** The permanent voice leg of an agent; `error` says why it failed. */
export interface AgentLeg {
  readonly state: 'connected' | 'disconnected' | 'failed';
  readonly error?: string | undefined;
}

/** A session as its object events describe it: plain data, the same for the same events. */
export interface SessionModel {
  readonly initialized: boolean;
  /** By dotted target, in the order of creation. */
  readonly objects: Readonly<Record<string, SessionObject>>;
  // What the agent asked for. A snapshot does not hold it: after a reset it has to be asked for again.
  readonly notReadyReasons?: readonly NotReadyReason[] | undefined;
  readonly logoutReasons?: readonly LogoutReason[] | undefined;
  readonly addressBooks?: readonly AddressBook[] | undefined;
  readonly agentLeg?: AgentLeg | undefined;
}

export const emptySessionModel: SessionModel = { initialized: false, objects: {} };
