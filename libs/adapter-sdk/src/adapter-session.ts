import { type Clock, formatTarget, type JsonObject } from '@cordboard/kernel';
import { type AnswerBook, createAnswerBook } from './answer-book.ts';
import { type AnswerFirst, createAnswerFirst } from './answer-first.ts';
import { createEventGate, type EventGate, type SwitchReport } from './event-gate.ts';
import { MAX_QUEUED_EVENTS } from './limits.ts';
import { bridgeTarget, forgetReadings, type ObjectNode, rootNode } from './object-node.ts';
import { createOutbox, type Outbox, type SendEvent } from './outbox.ts';
import { type AdapterLogger, type AdapterMetrics } from './ports.ts';
import { eventText } from './wire.ts';

export interface SessionPorts {
  readonly clock: Clock;
  readonly logger: AdapterLogger;
  readonly metrics: AdapterMetrics;
  readonly send: SendEvent;
}

/** All that is known of one session: who it is for, what is registered, what waits to go out. */
export interface AdapterSession {
  readonly id: string;
  readonly agent: string;
  readonly root: ObjectNode;
  readonly answers: AnswerBook;
  readonly answerFirst: AnswerFirst<SwitchReport>;
  readonly gate: EventGate;
  readonly outbox: Outbox;
  /** Highest owner's epoch seen; a lower one is refused. */
  epoch: number;
  state: 'opening' | 'open' | 'closed';
  closedAt: number;
}

/** The session is read again from its root: what was on its way before is void. */
export const restartSession = (session: AdapterSession): void => {
  forgetReadings(session.root);
  session.answerFirst.reset();
  session.gate.reset();
  session.outbox.restart();
};

/** An event for a target, past all gates. */
export const pushEvent = (
  session: AdapterSession,
  node: ObjectNode,
  name: string,
  body: JsonObject,
): void => {
  const target = bridgeTarget(node);
  session.outbox.push(target, eventText(name, formatTarget(target), body));
};

export const createAdapterSession = (
  ids: { readonly id: string; readonly agent: string },
  { clock, logger, metrics, send }: SessionPorts,
): AdapterSession => {
  const { id, agent } = ids;
  const root = rootNode(id, agent);
  const outbox = createOutbox(send, (dropped) => {
    metrics.count('event_queues_dropped');
    logger.error('nobody takes the events of a session: its queue was dropped', { session: id, dropped });
  });
  const gate = createEventGate(
    root,
    (node, report) => pushEvent(session, node, report.name, report.body),
    (count, why) => {
      metrics.count('events_dropped', count);
      logger.warn('events of a session were dropped', { session: id, count, why });
    },
  );
  const answerFirst = createAnswerFirst<SwitchReport>(clock, MAX_QUEUED_EVENTS, gate.pass);
  const session: AdapterSession = {
    id,
    agent,
    root,
    answers: createAnswerBook(clock),
    answerFirst,
    gate,
    outbox,
    epoch: 0,
    state: 'opening',
    closedAt: 0,
  };
  return session;
};
