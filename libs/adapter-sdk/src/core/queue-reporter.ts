import { controlTarget, trimBody } from '@cordboard/cti-protocol';
import { createNewest } from '../link/newest.ts';
import { type SessionPorts } from './core-session.ts';
import { eventMessage } from './event-message.ts';
import { type QueueFigures } from './handler-data.ts';
import { QUEUES_EVERY_MS } from './limits.ts';

type Figures = readonly QueueFigures[];

/** The queues of the switch, told at most once a second; to nobody before the status was asked for. */
export interface QueueReporter {
  readonly report: (queues: Figures) => void;
  /** Somebody asked for the status, maybe over a new connection: it hears of the queues too. */
  readonly asked: () => void;
}

export const createQueueReporter = (
  { clock, logger, metrics, emit }: SessionPorts,
  processor: string,
): QueueReporter => {
  let last: Figures | null = null;
  let isAsked = false;

  const newest = createNewest<Figures>(clock, QUEUES_EVERY_MS, (queues) => {
    const body = { queues: queues.map((queue) => ({ ...queue })) };
    const message = eventMessage('cti.queues', controlTarget(processor), body);
    const fit = trimBody(message);
    if (fit.ok) return emit({ ...message, body: fit.value.body });
    metrics.count('events_dropped');
    logger.error('the figures of the queues do not fit the bridge and were dropped', { why: fit.error });
  });

  return {
    report: (queues) => {
      last = queues;
      if (isAsked) newest.offer(queues);
    },
    asked: () => {
      isAsked = true;
      if (last !== null) newest.offer(last);
    },
  };
};
