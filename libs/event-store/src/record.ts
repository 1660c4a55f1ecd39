import { type EventMeta, type JsonObject } from '@cordboard/kernel';

/**
 * One row of the log (design: event record). `data` never holds a personal field: those stand sealed in
 * `pii`, and null stands in their place. `at` is milliseconds since the epoch and never runs backwards within a session.
 */
export interface EventRecord {
  readonly sessionId: string;
  readonly seq: number;
  readonly epoch: number;
  readonly tenant: string;
  readonly type: string;
  readonly version: number;
  readonly target: string;
  readonly at: number;
  /** Wire name, or null for an internal row. */
  readonly name: string | null;
  readonly data: JsonObject;
  readonly pii: Buffer | null;
  readonly keyId: string | null;
  readonly meta: EventMeta;
  readonly hash: Buffer;
  /**
   * On the way to the store: the hash of the record that this one builds on. The store compares it with what
   * stands there and does not keep it.
   */
  readonly follows?: Buffer | undefined;
}

/** A record as it stands in the log, with its place in the appender's own order. */
export interface StoredEvent extends EventRecord {
  readonly lane: number;
  readonly wpos: number;
}

/** What a stored row with a wire form says to the outside. */
export interface WireRow extends Pick<
  EventRecord,
  'seq' | 'tenant' | 'type' | 'target' | 'at' | 'pii' | 'keyId'
> {
  readonly name: string;
  /** JSON text, as the store has it. */
  readonly data: string;
  /** Sequence of the row with a wire form before it; null without one. */
  readonly previous: number | null;
}

/** A data key made for a scope (an interaction, or a command before one exists), wrapped by the tenant's key. */
export interface DataKeyRecord {
  readonly keyId: string;
  readonly tenant: string;
  readonly sessionId: string;
  readonly scope: string;
  /** The wrapped key; null once its subject was forgotten. */
  readonly wrapped: Buffer | null;
}

/** Ties a person (HMAC of a number or address) to a data key, so that forgetting the person destroys the key. */
export interface DataSubjectRecord {
  readonly tenant: string;
  readonly subject: Buffer;
  readonly keyId: string;
}
