import { WebSocket } from 'ws';

/** A frame as a desktop sees it: a response, an object event or a heartbeat. */
export interface Frame {
  readonly command?: string;
  readonly requestId?: string;
  readonly target?: string;
  readonly result?: string;
  readonly name?: string;
  readonly messageType?: string;
  readonly message?: string;
  readonly data?: Record<string, unknown>;
  readonly failure?: { readonly code: string; readonly message: string };
  readonly original?: unknown;
  readonly sequence?: number;
  readonly previous?: number | null;
}

export type Condition = (frame: Frame) => boolean;

interface Waiter {
  readonly matches: Condition;
  readonly resolve: (frame: Frame) => void;
}

const ANSWER_MS = 15_000;

/** A bare WebSocket that speaks the agent protocol, so that the tests see each frame and its place. */
export class Desktop {
  readonly frames: Frame[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  #waiters: Waiter[] = [];
  #requests = 0;

  private constructor(
    readonly socket: WebSocket,
    private readonly label: string,
  ) {
    socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as Frame));
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
  }

  static async open(edgeUrl: string, token: string, label = 'd'): Promise<Desktop> {
    const socket = new WebSocket(`${edgeUrl.replace(/^http/, 'ws')}/agent`, [
      'cordboard.v1',
      `bearer.${token}`,
    ]);
    const desktop = new Desktop(socket, label);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return desktop;
  }

  /** Object events in the order of their arrival. */
  get events(): readonly Frame[] {
    return this.frames.filter(({ messageType }) => messageType === 'objectEvent');
  }

  /** Sends a command and waits for its response. */
  async ask(
    command: string,
    target?: string,
    data: object = {},
    requestId = `${this.label}-${(this.#requests += 1)}`,
  ): Promise<Frame> {
    const answer = this.until((frame) => frame.requestId === requestId && frame.result !== undefined);
    this.socket.send(JSON.stringify({ command, target, data, requestId }));
    return answer;
  }

  /** Waits for a frame after the ones already seen, or among those from `from` on. */
  until(matches: Condition, from = this.frames.length): Promise<Frame> {
    const seen = this.frames.slice(from).find(matches);
    if (seen !== undefined) return Promise.resolve(seen);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`nothing matched in ${ANSWER_MS} ms; last frames:\n${this.#tail()}`)),
        ANSWER_MS,
      );
      const settle = (frame: Frame): void => {
        clearTimeout(timer);
        resolve(frame);
      };
      this.#waiters.push({ matches, resolve: settle });
    });
  }

  async close(): Promise<void> {
    if (this.socket.readyState !== WebSocket.CLOSED) this.socket.close();
    await this.closed;
  }

  #hear(frame: Frame): void {
    this.frames.push(frame);
    const met = this.#waiters.filter(({ matches }) => matches(frame));
    this.#waiters = this.#waiters.filter((waiter) => !met.includes(waiter));
    for (const { resolve } of met) resolve(frame);
  }

  #tail(): string {
    return this.frames
      .slice(-12)
      .map((frame) => JSON.stringify(frame).slice(0, 300))
      .join('\n');
  }
}

/** Matches an object event by name and, where given, by the state that it announces. */
export const event =
  (name: string, state?: string): Condition =>
  (frame) =>
    frame.name === name && (state === undefined || frame.data?.state === state);

/** `name(state)` of each object event, without the session's own sequence: what a scenario compares. */
export const short = (frame: Frame): string =>
  frame.name === 'state.updated'
    ? `${String(frame.data?.objectType)} ${String(frame.data?.state)}`
    : (frame.name ?? '?');
