import { trimBody } from '@cordboard/cti-protocol';
import { type Clock, formatTarget, type JsonObject } from '@cordboard/kernel';
import { type AnswerBook, createAnswerBook } from './answer-book.ts';
import { type AnswerFirst, createAnswerFirst } from './answer-first.ts';
import { type BoundReport, createEventGate, type EventGate, type SwitchReport } from './event-gate.ts';
import { MAX_QUEUED_EVENTS, TOO_MUCH } from './limits.ts';
import { bridgeTarget, forgetReadings, type ObjectNode, rootNode } from './object-node.ts';
import { createOutbox, type Outbox, type SendEvent } from './outbox.ts';
import { type AdapterLogger, type AdapterMetrics } from './ports.ts';
import { eventMessage, messageText } from './wire.ts';

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
  readonly answerFirst: AnswerFirst<BoundReport>;
  readonly gate: EventGate;
  readonly outbox: Outbox;
  /** Sends an event of a registered object, past the gate. */
  readonly push: (node: ObjectNode, name: string, body: JsonObject) => void;
  /** Groups and stand-alone channels that the last reading listed; whatever else comes, its agent asked for. */
  readonly listed: Set<string>;
  /** Whether the agent follows the address book: only then its changes go out. */
  followsAddressBook: boolean;
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

/** An event for an object, past all gates. One that does not fit the bridge is logged and dropped. */
const pusher =
  (outbox: Outbox, { metrics, logger }: SessionPorts, session: string): AdapterSession['push'] =>
  (node, name, body) => {
    const target = bridgeTarget(node);
    const message = eventMessage(name, formatTarget(target), body);
    const fit = trimBody(message);
    if (!fit.ok) {
      metrics.count('events_dropped');
      return logger.error('an event of the switch does not fit the bridge and was dropped', {
        session,
        name,
        why: fit.error,
      });
    }
    if (fit.value.cut > 0) logger.warn(TOO_MUCH, { session, name, cut: fit.value.cut });
    outbox.push(target, messageText({ ...message, body: fit.value.body }));
  };

export const createAdapterSession = (
  ids: { readonly id: string; readonly agent: string },
  ports: SessionPorts,
): AdapterSession => {
  const { clock, logger, metrics, send } = ports;
  const { id, agent } = ids;
  const root = rootNode(id, agent);
  const outbox = createOutbox(send, (dropped) => {
    metrics.count('event_queues_dropped');
    logger.error('nobody takes the events of a session: its queue was dropped', { session: id, dropped });
  });
  const push = pusher(outbox, ports, id);
  const gate = createEventGate(
    root,
    (node, report) => push(node, report.name, report.body),
    (count, why) => {
      metrics.count('events_dropped', count);
      logger.warn('events of a session were dropped', { session: id, count, why });
    },
  );
  const isWanted = ({ name }: SwitchReport): boolean =>
    name !== 'session.addressbook' || session.followsAddressBook;
  const answerFirst = createAnswerFirst<BoundReport>(clock, MAX_QUEUED_EVENTS, (report) =>
    isWanted(report) ? gate.pass(report) : metrics.count('events_dropped'),
  );
  const session: AdapterSession = {
    id,
    agent,
    root,
    answers: createAnswerBook(clock),
    answerFirst,
    gate,
    outbox,
    push,
    listed: new Set(),
    followsAddressBook: false,
    epoch: 0,
    state: 'opening',
    closedAt: 0,
  };
  return session;
};
