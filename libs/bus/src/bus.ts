import { type Result } from '@cordboard/kernel';
import { type Address, type Subject } from './subjects.ts';

export type Headers = Readonly<Record<string, string>>;

/** A message heard. `address` is its subject, parsed; null when it is not one of ours. */
export interface BusMessage {
  readonly subject: string;
  readonly address: Address | null;
  readonly body: string;
  readonly headers: Headers;
  /** Present when the sender waits for an answer; may be called more than once (a receipt, later the result). */
  readonly reply?: ((body: string, headers?: Headers) => void) | undefined;
}

export type RequestError = 'no-responders' | 'timeout' | 'closed' | 'too-large';

export interface Subscription {
  readonly unsubscribe: () => void;
}

/**
 * One connection that carries everything a process says, in order. It never reconnects silently: when it is
 * lost, `closed` settles and every later call fails, so that an owner forgets what it owned.
 */
export interface Bus {
  /** False when the message is larger than the server allows or the connection is gone; nothing was sent then. */
  readonly publish: (subject: Subject, body: string, headers?: Headers) => boolean;
  readonly subscribe: (
    subject: Subject,
    handler: (message: BusMessage) => void,
    options?: { readonly queue?: string | undefined },
  ) => Subscription;
  /** One question, one answer. */
  readonly request: (
    subject: Subject,
    body: string,
    options: { readonly timeoutMs: number; readonly headers?: Headers | undefined },
  ) => Promise<Result<BusMessage, RequestError>>;
  /**
   * One question, any number of answers: `onReply` is called for each, `onNoResponders` when nobody listens.
   * The returned function ends it.
   */
  readonly ask: (
    subject: Subject,
    body: string,
    handlers: {
      readonly headers?: Headers | undefined;
      readonly onReply: (message: BusMessage) => void;
      readonly onNoResponders: () => void;
    },
  ) => () => void;
  /** Settles when everything sent and subscribed so far has reached the server. */
  readonly flush: () => Promise<void>;
  /** Settles when the connection is gone, with the reason; never rejects. */
  readonly closed: Promise<string>;
  /** Finishes what is under way, then closes. */
  readonly drain: () => Promise<void>;
  readonly maxPayloadBytes: number;
}
