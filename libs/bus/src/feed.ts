import { type Result } from '@cordboard/kernel';
import { type Headers } from './headers.ts';
import { type Subject } from './subjects.ts';

/**
 * Why the durable feed did not take a message. `unavailable`: not now; nothing is known of whether it was
 * stored, and the same message may be sent again under its id. `refused`: it will never be taken.
 */
export interface FeedError {
  readonly kind: 'unavailable' | 'refused';
  readonly reason: string;
}

/** The durable feed for integrators (docs/integrating.md): a copy of the log, filled by one feeder. */
export interface Feed {
  /** Makes the stream when it is not there; one that is there keeps the limits that its operator gave it. */
  readonly ensure: () => Promise<Result<void, FeedError>>;
  /**
   * Settles when the message is stored. `headers` carry `Nats-Msg-Id`: one that was stored within the last ten
   * minutes is not stored again. Messages that wait for each other keep their order; others need not.
   */
  readonly publish: (subject: Subject, body: string, headers: Headers) => Promise<Result<void, FeedError>>;
}

/** Name of the stream in JetStream. */
export const FEED_STREAM = 'SESSION_EVENTS';
