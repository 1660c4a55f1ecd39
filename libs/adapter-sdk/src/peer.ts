import { type CtiMessage } from '@cordboard/cti-protocol';

/**
 * One end of the bare bridge: an adapter, or whatever stands for one. It knows nothing of the link that carries it,
 * so whatever lies between (a recorder, a fault, a fake) is a function from peer to peer.
 */
export interface BridgePeer {
  /** Takes a query or a request. `answer` is called once, unless the peer is lost first. */
  readonly ask: (question: CtiMessage, answer: (response: CtiMessage) => void) => void;
  /** Sets who hears its events, in order: those of `CONTROL` and those of sessions. Called once, before any `ask`. */
  readonly onEvent: (listener: (event: CtiMessage) => void) => void;
}

/** What a link is doing, for health and metrics. */
export interface LinkStats {
  readonly connected: boolean;
  /** Sessions that are open through it. */
  readonly sessions: number;
  /** Events that nobody has taken yet. */
  readonly eventsWaiting: number;
  /** Their size. */
  readonly bytesWaiting: number;
  readonly questionsUnderWay: number;
}

/** What carries a peer to Cordboard: over NATS, or over TCP. */
export interface BridgeLink {
  /** Begins to carry. It connects by itself, again and again; being connected is not awaited. */
  readonly start: () => void;
  /**
   * The peer is gone. Its questions are answered with header `answer: unknown-session`, its status becomes STOPPED
   * with this reason and is said at once; nothing is carried any more.
   */
  readonly lost: (reason: string) => void;
  /** Takes nothing new, finishes what is under way (2 s at most), says STOPPED, falls silent. */
  readonly stop: () => Promise<void>;
  readonly stats: () => LinkStats;
}

/** Ties a peer to a link; nothing moves before `start`. */
export type LinkTo = (peer: BridgePeer) => BridgeLink;
