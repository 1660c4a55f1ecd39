import { EventEmitter } from 'node:events';
import { type WebSocket } from 'ws';
import { type Host } from './host.ts';
import { createLine, type Line } from './line.ts';
import { type Random } from './random.ts';
import { type Scheduler } from './scheduler.ts';

/** The browser's end of a socket. */
export interface BrowserEnd {
  readonly send: (text: string) => void;
  /** Closed by the browser, or cut: the edge hears of it a little later. */
  readonly close: () => void;
}

/** What the browser hears. */
export interface BrowserEar {
  readonly onText: (text: string) => void;
  readonly onClose: (code: number) => void;
}

const OPEN = 1;
const CLOSED = 3;
const ABNORMAL = 1006;

/** The edge's end, with as much of `ws` as the edge uses. */
class EdgeEnd extends EventEmitter {
  readonly OPEN = OPEN;
  readyState: number = OPEN;
  bufferedAmount = 0;

  constructor(
    private readonly down: Line,
    private readonly ear: BrowserEar,
  ) {
    super();
  }

  send(text: string): void {
    if (this.readyState === OPEN) this.down.carry('frame', () => this.ear.onText(text));
  }

  ping(): void {
    if (this.readyState === OPEN) this.down.carry('ping', () => this.emit('pong'));
  }

  close(code = ABNORMAL): void {
    if (this.readyState !== OPEN) return;
    this.down.carry('close', () => this.ear.onClose(code));
    this.end();
  }

  terminate(): void {
    this.close();
  }

  end(): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.emit('close');
  }
}

interface Given {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly browser: Host;
  readonly edge: Host;
  /** The edge takes the socket. */
  readonly accept: (socket: WebSocket) => void;
}

/** Connects a browser to an edge; a dead edge refuses. */
export const openSocket = (given: Given, ear: BrowserEar): BrowserEnd => {
  const { scheduler, random, browser, edge } = given;
  const up = createLine(scheduler, random, edge);
  const down = createLine(scheduler, random, browser);
  let closed = false;
  const onClose = (code: number): void => {
    if (closed) return;
    closed = true;
    up.cut();
    ear.onClose(code);
  };
  const end = new EdgeEnd(down, { onText: (text) => closed || ear.onText(text), onClose });
  const refuse = (): void =>
    void scheduler.at(scheduler.now() + random.next() * 5, browser, 'cut', () => onClose(ABNORMAL));
  edge.onCrash(refuse);
  if (edge.isDead()) refuse();
  else up.carry('opens', () => given.accept(end as unknown as WebSocket));
  return {
    send: (text) =>
      up.carry('frame', () => {
        if (end.readyState === OPEN) end.emit('message', Buffer.from(text), false);
      }),
    close: () => {
      if (closed) return;
      closed = true;
      down.cut();
      up.carry('closed', () => end.end());
    },
  };
};
