import { type CtiMessage } from '@cordboard/cti-protocol';

/** What only NATS carries beside a question (docs/contracts.md, switch request). */
export interface Asking {
  /** Epoch of the owner; 1 when left out. `null`: none is given. */
  readonly epoch?: number | null | undefined;
  /** The question was sent before, by an owner that is gone. */
  readonly probe?: boolean | undefined;
}

/** One thing that an adapter said, as it came. */
export interface Said {
  readonly text: string;
  /** Over NATS: the header `answer` of an answer, the number of an event within its session. */
  readonly answer?: string | undefined;
  readonly ctiSeq?: number | undefined;
  /** Over NATS: an event said again because nobody had taken it. */
  readonly repeated?: boolean | undefined;
}

/** How the kit, in the place of the bridge, reaches one adapter. It carries, and judges nothing. */
export interface Carrier {
  readonly kind: 'nats' | 'tcp' | 'memory';
  /** Where the adapter is reached, for the report. */
  readonly where: string;
  /** Settles when the adapter is there; rejects with a sentence that says what to do. */
  readonly found: (timeoutMs: number) => Promise<void>;
  readonly hear: (listener: (said: Said) => void) => void;
  readonly send: (question: CtiMessage, asking?: Asking) => void;
  /** Over NATS: takes the events of that session from now on; the returned function leaves them to others. */
  readonly own: (session: string) => () => void;
  /** Over NATS: takes events without answering them, until the returned function is called. */
  readonly deaf?: ((session: string) => () => void) | undefined;
  /** Over TCP: writes these pieces one after another, each in a segment of its own. */
  readonly write?: ((pieces: readonly Uint8Array[]) => Promise<void>) | undefined;
  /** Over TCP: drops the connection and waits for the next. */
  readonly again?: ((timeoutMs: number) => Promise<void>) | undefined;
  /** Over TCP: tells when the adapter closes its connection, and when it has come again. */
  readonly lost?: ((listener: (isLost: boolean) => void) => void) | undefined;
  readonly close: () => Promise<void>;
}

/** There is no adapter, or not the one that was meant; the message says what to do. */
export class NoAdapter extends Error {}
