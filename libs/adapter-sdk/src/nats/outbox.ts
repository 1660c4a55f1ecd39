import { type Target } from '@cordboard/kernel';
import { MAX_QUEUED_EVENTS } from './limits.ts';

/** One event on its way; `ctiSeq` counts from 1 after each createsession. */
interface OutgoingEvent {
  readonly target: Target;
  readonly name: string;
  readonly body: string;
  readonly ctiSeq: number;
  readonly bytes: number;
  /** So many right before it were dropped: a new owner does not know the last number, and so sees no gap. */
  readonly lost: number;
}

/** Delivers one event; settles when it was answered, or when the signal ended it, and never rejects. */
export type SendEvent = (event: OutgoingEvent, signal: AbortSignal) => Promise<void>;

/** Sends the events of one session in order, the next only when the one before was answered (design K9). */
export interface Outbox {
  readonly push: (target: Target, name: string, body: string) => void;
  /** Drops all but the newest, which tells the owner so: the session is read again. */
  readonly cut: () => void;
  /** Forgets what waits and counts from 1 again. */
  readonly restart: () => void;
  readonly size: () => number;
}

interface OutboxPorts {
  readonly send: SendEvent;
  /** Events and bytes came, or went (negative). */
  readonly onChange: (events: number, bytes: number) => void;
  /** So many were dropped as nobody takes them. */
  readonly onDropped: (events: number) => void;
}

const bytesOf = (events: readonly OutgoingEvent[]): number =>
  events.reduce((sum, { bytes }) => sum + bytes, 0);

export const createOutbox = ({ send, onChange, onDropped }: OutboxPorts): Outbox => {
  let queue: OutgoingEvent[] = [];
  let lastSeq = 0;
  let underWay: AbortController | null = null;

  const drop = (count: number): void => {
    const dropped = queue.slice(0, count);
    queue = queue.slice(count);
    onChange(-dropped.length, -bytesOf(dropped));
  };

  const pump = async (abort: AbortController): Promise<void> => {
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      await send(head, abort.signal);
      if (abort.signal.aborted) return;
      queue.shift();
      onChange(-1, -head.bytes);
    }
    underWay = null;
  };

  const start = (): void => {
    if (underWay !== null) return;
    underWay = new AbortController();
    void pump(underWay);
  };

  const halt = (): void => {
    underWay?.abort();
    underWay = null;
  };

  const cut = (): void => {
    const newest = queue.at(-1);
    const dropped = queue.length - 1;
    if (newest === undefined || dropped < 1) return;
    halt();
    const before = queue.slice(0, dropped).reduce((sum, { lost }) => sum + lost, dropped);
    drop(dropped);
    queue = [{ ...newest, lost: newest.lost + before }];
    onDropped(dropped);
    start();
  };

  return {
    push: (target, name, body) => {
      const bytes = Buffer.byteLength(body);
      lastSeq += 1;
      queue.push({ target, name, body, ctiSeq: lastSeq, bytes, lost: 0 });
      onChange(1, bytes);
      if (queue.length > MAX_QUEUED_EVENTS) cut();
      else start();
    },
    cut,
    restart: () => {
      halt();
      drop(queue.length);
      lastSeq = 0;
    },
    size: () => queue.length,
  };
};
