import { type DirectoryEntry, type Disposition, type LogoutReason, type NotReadyReason } from './values.ts';

/** What the calls of one queue ask of an agent. `wrapUpMs`: length of after-call work, 0 for none. */
export interface QueueRule {
  readonly wrapUpMs: number;
  readonly dispositionRequired: boolean;
}

/** What a session starts with; a call model of `prepareSession` chooses one. `group`: name for the switch. */
export interface CallModel {
  readonly group?: string | undefined;
  readonly chat: boolean;
  readonly email: boolean;
  readonly callback: boolean;
}

/**
 * What a tenant has configured beside its switch. It comes in with every input, is never stored as a whole, and
 * may change while sessions live: what has effect is recorded as an event.
 */
export interface House {
  /** Static entries; those of the switch are added to them. */
  readonly directory: readonly DirectoryEntry[];
  /** Used where the switch has no list of its own. */
  readonly notReadyReasons: readonly NotReadyReason[];
  readonly logoutReasons: readonly LogoutReason[];
  readonly dispositions: readonly Disposition[];
  /** By the text that an interaction's data carries under `QUEUE`. */
  readonly queues: Readonly<Record<string, QueueRule>>;
  /** By name; the empty name is the default. */
  readonly models: Readonly<Record<string, CallModel>>;
}

/** The lists that a house may hold for a switch that has none. */
export type ConfiguredList = 'directory' | 'notReadyReasons' | 'logoutReasons' | 'dispositions';

const LISTS: readonly ConfiguredList[] = ['directory', 'notReadyReasons', 'logoutReasons', 'dispositions'];

/** The lists that hold something. */
export const configuredIn = (house: House): readonly ConfiguredList[] =>
  LISTS.filter((list) => house[list].length > 0);

const TELEPHONY_ALONE: CallModel = { chat: false, email: false, callback: false };

/** A tenant that has configured nothing. */
export const EMPTY_HOUSE: House = {
  directory: [],
  notReadyReasons: [],
  logoutReasons: [],
  dispositions: [],
  queues: {},
  models: { '': TELEPHONY_ALONE },
};

/** The model of that name; telephony alone when it is gone from the configuration. */
export const modelOf = ({ models }: House, name: string): CallModel => models[name] ?? TELEPHONY_ALONE;

/** What the calls of that queue ask for; undefined when nothing is configured for it. */
export const ruleOf = ({ queues }: House, queue: string): QueueRule | undefined =>
  Object.hasOwn(queues, queue) ? queues[queue] : undefined;
