import { type Result } from '@cordboard/kernel';
import { type Address } from './address.ts';
import { type Headers } from './headers.ts';
import { type Subject } from './subjects.ts';

/**
 * A message heard. `address` is its subject, parsed; null when it is not one of ours. Fields may be read when they
 * are first looked at, so that a message is handed on as it is, or field by field, and never spread.
 */
export interface BusMessage {
  readonly subject: string;
  readonly address: Address | null;
  readonly body: string;
  readonly headers: Headers;
  /** Present when the sender waits for an answer; may be called more than once (a receipt, later the result). */
  readonly reply?: ((body: string, headers?: Headers) => void) | undefined;
  /** The sender has had a receipt already. */
  readonly isReceived?: boolean | undefined;
}

/**
 * Why a question stays without an answer. `closed`: the connection is gone. `too-large`: the server would
 * refuse the message; nothing was sent. `busy`: too many questions are open on this connection; nothing was sent.
 */
export type Unanswered = 'no-responders' | 'closed' | 'too-large' | 'busy';

export type RequestError = Unanswered | 'timeout';

export interface Subscription {
  readonly unsubscribe: () => void;
}

interface HearOptions {
  readonly queue?: string | undefined;
  /**
   * Asked when a message arrives, which in a burst may be long before its turn: true gives its sender a receipt then,
   * so that it does not ask again and make the burst longer. Who got one and is not heard after all, because of
   * `unsubscribe`, is told to ask others.
   */
  readonly mayReceive?: ((message: BusMessage) => boolean) | undefined;
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
    options?: HearOptions,
  ) => Subscription;
  /** One question, one answer. */
  readonly request: (
    subject: Subject,
    body: string,
    options: { readonly timeoutMs: number; readonly headers?: Headers | undefined },
  ) => Promise<Result<BusMessage, RequestError>>;
  /**
   * One question, any number of answers: `onReply` is called for each. `onNoResponders` is called at most once,
   * when nobody will answer: nobody listens, it could not be sent, or the connection is lost later; the question
   * is over then. Neither is called before `ask` returns. The returned function ends it.
   */
  readonly ask: (
    subject: Subject,
    body: string,
    handlers: {
      readonly headers?: Headers | undefined;
      readonly onReply: (message: BusMessage) => void;
      readonly onNoResponders: (why: Unanswered) => void;
    },
  ) => () => void;
  /** Settles when everything sent and subscribed so far has reached the server, or the connection is gone. */
  readonly flush: () => Promise<void>;
  /** Settles when the connection is gone, with the reason; never rejects. */
  readonly closed: Promise<string>;
  /** Handles what has arrived, sends what was said, then closes. Open questions end with `closed`. */
  readonly drain: () => Promise<void>;
  readonly maxPayloadBytes: number;
}
