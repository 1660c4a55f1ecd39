import { once } from 'node:events';
import { type JsonObject } from '@cordboard/kernel';
import { WebSocket } from 'ws';
import { Mismatch } from '../check/mismatch.ts';
import { brief, type Frame, isResponse, objectOf } from './frame.ts';
import { createPace } from './pace.ts';

export type Condition = (frame: Frame) => boolean;

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

interface Waiter {
  readonly matches: Condition;
  readonly settle: (frame: Frame) => void;
}

const OPEN_MS = 10_000;
const WAIT_MS = 10_000;
const SHOWN = 6;

const untilOpen = async (socket: WebSocket): Promise<void> => {
  await once(socket, 'open', { signal: AbortSignal.timeout(OPEN_MS) });
};

/** One bare WebSocket of the agent protocol: every frame in the order of its arrival. */
export class Socket {
  readonly frames: Frame[] = [];
  /** Requests as they were sent, by their id. */
  readonly asked = new Map<string, JsonObject>();
  readonly closed: Promise<Closing>;
  #waiters: Waiter[] = [];
  #closing: Closing | null = null;
  #requests = 0;
  readonly #pace = createPace();

  private constructor(
    private readonly socket: WebSocket,
    private readonly label: string,
    private readonly waitMs: number,
  ) {
    socket.on('message', (data: Buffer) => this.#hear(data.toString()));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => {
        this.#closing = { code, reason: reason.toString() };
        resolve(this.#closing);
      }),
    );
  }

  static async open(url: string, token: string, label: string, waitMs = WAIT_MS): Promise<Socket> {
    const address = new URL('/agent', url).toString();
    const socket = new WebSocket(address, ['cordboard.v1', `bearer.${token}`]);
    const opened = new Socket(socket, label, waitMs);
    await untilOpen(socket);
    return opened;
  }

  /** Null while it is open. */
  get closing(): Closing | null {
    return this.#closing;
  }

  nextId(): string {
    return `${this.label}-${(this.#requests += 1)}`;
  }

  /** Sends text as it is, within the pace. */
  async sendText(text: string | Buffer): Promise<void> {
    await this.#pace();
    this.socket.send(text);
  }

  /** Sends a frame and waits for the response that carries its id. */
  async send(frame: JsonObject): Promise<Frame> {
    const requestId = typeof frame['requestId'] === 'string' ? frame['requestId'] : this.nextId();
    const sent = { ...frame, requestId };
    this.asked.set(requestId, sent);
    await this.#pace();
    const from = this.frames.length;
    this.socket.send(JSON.stringify(sent));
    return this.until(
      (answer) => isResponse(answer) && answer.requestId === requestId,
      from,
      `an answer to ${brief(sent)}`,
    );
  }

  /** Asks for one command; `target` is left out when undefined. */
  ask(command: string, target?: string, data: JsonObject = {}, more: JsonObject = {}): Promise<Frame> {
    return this.send({ command, ...(target === undefined ? {} : { target }), data, ...more });
  }

  /** The first frame from place `from` on that matches; raises when none comes in time. */
  until(matches: Condition, from: number, what: string): Promise<Frame> {
    const seen = this.frames.slice(from).find(matches);
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve, reject) => {
      const waiter = { matches, settle: resolve };
      const timer = setTimeout(() => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter);
        reject(new Mismatch(what, this.#said(from)));
      }, this.waitMs);
      waiter.settle = (frame) => {
        clearTimeout(timer);
        resolve(frame);
      };
      this.#waiters.push(waiter);
    });
  }

  async close(): Promise<void> {
    if (this.socket.readyState !== WebSocket.CLOSED) this.socket.close();
    const late = setTimeout(() => this.socket.terminate(), 1_000);
    await this.closed;
    clearTimeout(late);
  }

  /** Ends the connection without a word, as a lost line does. */
  async drop(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  #said(from: number): string {
    const last = this.frames.slice(from).slice(-SHOWN);
    const state = this.#closing === null ? '' : `the socket closed with ${this.#closing.code}; `;
    return last.length === 0 ? `${state}nothing` : state + last.map((frame) => brief(frame, 200)).join(' ');
  }

  #hear(text: string): void {
    const frame = objectOf(JSON.parse(text)) as Frame;
    this.frames.push(frame);
    const met = this.#waiters.filter(({ matches }) => matches(frame));
    this.#waiters = this.#waiters.filter((waiter) => !met.includes(waiter));
    for (const { settle } of met) settle(frame);
  }
}
