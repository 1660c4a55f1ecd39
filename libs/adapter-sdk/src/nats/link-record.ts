/** A question about a session, as its owner asked it. */
export interface AskedQuestion {
  readonly name: string;
  readonly target: string;
  readonly requestId: string;
  /** The owner's. */
  readonly epoch: number | null;
  readonly probe: boolean;
  /** Of the adapter that is asked. */
  readonly incarnation: string;
}

/** An event with the number that it has in its session. */
export interface SentEvent {
  /** The path of its object. */
  readonly target: string;
  readonly name: string;
  readonly ctiSeq: number;
  readonly incarnation: string;
}

/** Hears what passes a link, for a log of one's own. It must not raise. */
export interface LinkRecord {
  /** The adapter is about to be asked: once for each request id, however often the owner repeats it. */
  readonly asked: (question: AskedQuestion) => void;
  /** An event goes out for the first time. */
  readonly sent: (event: SentEvent) => void;
}
