import { type Clock } from '@cordboard/kernel';
import { type SocketConstructor } from './socket.ts';

/** How to reach an edge and as whom. */
export interface ConnectOptions {
  /**
   * `ws://` or `wss://` address of an edge's `/agent`, or those of several: the client begins with any of them and
   * goes to the next in turn after every loss.
   */
  readonly url: string | readonly string[];
  /** Gives a valid token each time; asked before each connection and before the last one ends. */
  readonly token: () => Promise<string>;
  /** Names this tab: the same id replaces its own old socket silently. Generated when absent. */
  readonly clientId?: string | undefined;
  /** Other than the platform's own. */
  readonly WebSocket?: SocketConstructor | undefined;
  /** How long `connect` tries before it rejects, in ms; 10,000 when absent. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long a command may stay unanswered, over reconnections, in ms; 160,000 when absent. */
  readonly requestTimeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
  /** 0 to 1; spreads reconnections. */
  readonly random?: (() => number) | undefined;
}

/** Data of prepareSession; an empty or absent `processor` means the server's default. */
export interface PrepareOptions {
  readonly agent: { readonly id: string; readonly password: string };
  readonly model?: string | undefined;
  /** Ends a session that exists instead of asking (`confirm`). */
  readonly override?: boolean | undefined;
  readonly processor?: string | undefined;
}
