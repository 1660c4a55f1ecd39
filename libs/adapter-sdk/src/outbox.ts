import { type Target } from '@cordboard/kernel';
import { MAX_QUEUED_EVENTS } from './limits.ts';

/** One event on its way; `ctiSeq` counts from 1 after each createsession. */
interface OutgoingEvent {
  readonly target: Target;
  readonly body: string;
  readonly ctiSeq: number;
}

/** Delivers one event; settles when it was answered, or when the signal ended it, and never rejects. */
export type SendEvent = (event: OutgoingEvent, signal: AbortSignal) => Promise<void>;

/** Sends the events of one session in order, the next only when the one before was answered (design K9). */
export interface Outbox {
  readonly push: (target: Target, body: string) => void;
  /** Forgets what waits and counts from 1 again. */
  readonly restart: () => void;
  readonly size: () => number;
}

export const createOutbox = (send: SendEvent, onOverflow: (dropped: number) => void): Outbox => {
  let queue: OutgoingEvent[] = [];
  let lastSeq = 0;
  let underWay: AbortController | null = null;

  const pump = async (abort: AbortController): Promise<void> => {
    for (let head = queue[0]; head !== undefined; head = queue[0]) {
      await send(head, abort.signal);
      if (abort.signal.aborted) return;
      queue.shift();
    }
    underWay = null;
  };

  const start = (): void => {
    if (underWay !== null) return;
    underWay = new AbortController();
    void pump(underWay);
  };

  const clear = (): number => {
    const dropped = queue.length;
    queue = [];
    underWay?.abort();
    underWay = null;
    return dropped;
  };

  return {
    push: (target, body) => {
      lastSeq += 1;
      queue.push({ target, body, ctiSeq: lastSeq });
      if (queue.length > MAX_QUEUED_EVENTS) onOverflow(clear());
      else start();
    },
    restart: () => {
      clear();
      lastSeq = 0;
    },
    size: () => queue.length,
  };
};
