import { MAX_LINK_BYTES, MAX_LINK_EVENTS } from './limits.ts';
import { type LinkContext } from './link-context.ts';
import { createOutbox, type Outbox, type SendEvent } from './outbox.ts';

/** What waits in all outboxes of a link. */
export interface Waiting {
  readonly events: number;
  readonly bytes: number;
}

/** Room for the events of all sessions of a link. */
export interface EventRoom {
  readonly outbox: (session: string) => Outbox;
  /** When there is too much, drops the longest of these queues until there is room for a while. */
  readonly relieve: (outboxes: () => Outbox[]) => void;
  readonly waiting: () => Waiting;
}

const ENOUGH = 7 / 8;

export const createEventRoom = ({ metrics, logger }: LinkContext, send: SendEvent): EventRoom => {
  let events = 0;
  let bytes = 0;
  const isFull = (share: number): boolean =>
    events > MAX_LINK_EVENTS * share || bytes > MAX_LINK_BYTES * share;

  return {
    outbox: (session) =>
      createOutbox({
        send,
        onChange: (moreEvents, moreBytes) => {
          events += moreEvents;
          bytes += moreBytes;
        },
        onDropped: (dropped) => {
          metrics.count('event_queues_dropped');
          metrics.count('events_dropped', dropped);
          logger.error('nobody takes the events of a session: its queue was dropped', { session, dropped });
        },
      }),
    relieve: (outboxes) => {
      if (!isFull(1)) return;
      for (const outbox of outboxes().sort((a, b) => b.size() - a.size())) {
        if (!isFull(ENOUGH)) return;
        outbox.cut();
      }
    },
    waiting: () => ({ events, bytes }),
  };
};
