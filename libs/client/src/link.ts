import { type Clock } from '@cordboard/kernel';
import { backoffMs } from './backoff.ts';
import { type SocketConstructor, type SocketLike } from './socket.ts';
import { type ConnectionStatus, type EndReason } from './status.ts';

/** What a closed socket means for the next try: again, again at once, again with another token, or never. */
export type CloseMeaning = 'retry' | 'move' | 'renew' | EndReason;

export interface LinkOptions {
  /** At least one; after a loss the next in turn. */
  readonly urls: readonly string[];
  readonly WebSocket: SocketConstructor;
  readonly clock: Clock;
  /** 0 to 1; spreads reconnections. */
  readonly random: () => number;
  /** A token for the next socket; after `refused` one other than that, or null when there is none. */
  readonly token: (refused: boolean) => Promise<string | null>;
  readonly meaningOf: (code: number) => CloseMeaning;
}

export interface LinkHooks {
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  readonly onStatus: (status: ConnectionStatus) => void;
}

const OPEN = 1;
/** Past this much unsent text the line is dead or too slow: 1 MiB. */
const MAX_BUFFERED_BYTES = 1_048_576;
/** A connection that lasted this long starts the waits anew. */
const STABLE_MS = 10_000;
/** Of no meaning to the server; it takes the session as left, for this client to come back. */
const DROPPED = 4000;
const NORMAL = 1000;
/** So many at an edge that stops come to another one within this time. */
const MOVE_MS = 100;

/** One socket kept up: opened again after every loss until it is ended. */
export class Link {
  #socket: SocketLike | null = null;
  #attempt = 0;
  #place: number;
  #openedAt: number | null = null;
  #lastError = '';
  #ended = false;
  #cancelRetry: () => void = () => undefined;

  constructor(
    private readonly options: LinkOptions,
    private readonly hooks: LinkHooks,
  ) {
    // Not all at the first of the list.
    this.#place = Math.floor(options.random() * options.urls.length);
    void this.#open(false);
  }

  /** False when there is no open socket; nothing was sent then. */
  send(text: string): boolean {
    const socket = this.#socket;
    if (socket?.readyState !== OPEN) return false;
    socket.send(text);
    if (socket.bufferedAmount > MAX_BUFFERED_BYTES) this.drop('the line is too slow');
    return true;
  }

  /** Gives the present socket up and opens another, at the next address, after the usual wait. */
  drop(reason: string): void {
    const socket = this.#socket;
    if (socket === null) return;
    this.#socket = null;
    socket.close(DROPPED, 'resume');
    this.#retry(reason, 'retry');
  }

  end(reason: EndReason, message: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#cancelRetry();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(NORMAL, reason);
    this.hooks.onStatus({ kind: 'ended', reason, message });
  }

  async #open(refused: boolean): Promise<void> {
    try {
      const token = await this.options.token(refused);
      if (this.#ended) return;
      if (token === null) return this.end('token-ended', 'the token has ended and no newer one was given');
      const { urls, WebSocket } = this.options;
      this.#socket = new WebSocket(urls[this.#place % urls.length] ?? '', [
        'cordboard.v1',
        `bearer.${token}`,
      ]);
      this.#watch(this.#socket);
    } catch (error) {
      this.#retry(error instanceof Error ? error.message : String(error), refused ? 'renew' : 'retry');
    }
  }

  #watch(mine: SocketLike): void {
    mine.addEventListener('open', () => {
      if (this.#socket === mine) this.#onOpen();
    });
    mine.addEventListener('message', ({ data }) => {
      if (this.#socket === mine && typeof data === 'string') this.hooks.onText(data);
    });
    mine.addEventListener('error', ({ message }) => {
      if (this.#socket === mine && message !== undefined) this.#lastError = message;
    });
    mine.addEventListener('close', ({ code, reason }) => {
      if (this.#socket === mine) this.#onClose(code, reason);
    });
  }

  #onOpen(): void {
    this.#openedAt = this.options.clock.now();
    this.#lastError = '';
    this.hooks.onStatus({ kind: 'connected' });
    this.hooks.onOpen();
  }

  #onClose(code: number, reason: string): void {
    this.#socket = null;
    const meaning = this.options.meaningOf(code);
    const said = reason || this.#lastError || `the connection closed (${code})`;
    if (meaning === 'retry' || meaning === 'move' || meaning === 'renew') this.#retry(said, meaning);
    else this.end(meaning, said);
  }

  #retry(reason: string, meaning: 'retry' | 'move' | 'renew'): void {
    if (this.#ended) return;
    const { clock, random, urls } = this.options;
    if (this.#openedAt !== null && clock.now() - this.#openedAt >= STABLE_MS) this.#attempt = 0;
    this.#openedAt = null;
    const isFirst = this.#attempt === 0;
    // Longer with every round through the addresses.
    const usualMs = backoffMs(Math.floor(this.#attempt / urls.length), random());
    const retryInMs = meaning === 'move' && isFirst ? Math.round(MOVE_MS * random()) : usualMs;
    this.#attempt += 1;
    if (meaning !== 'renew') this.#place += 1;
    this.#cancelRetry = clock.after(retryInMs, () => void this.#open(meaning === 'renew'));
    this.hooks.onStatus({ kind: 'waiting', retryInMs, reason });
  }
}
