import { type CtiMessage, trimBody } from '@cordboard/cti-protocol';
import { type Clock, formatTarget, type JsonObject } from '@cordboard/kernel';
import { type AdapterLogger, type AdapterMetrics } from '../ports.ts';
import { type AnswerFirst, createAnswerFirst } from './answer-first.ts';
import { type BoundReport, createEventGate, type EventGate, type SwitchReport } from './event-gate.ts';
import { eventMessage } from './event-message.ts';
import { MAX_WAITING_REPORTS, TOO_MUCH } from './limits.ts';
import { bridgeTarget, forgetReadings, type ObjectNode, rootNode } from './object-node.ts';

export interface SessionPorts {
  readonly clock: Clock;
  readonly logger: AdapterLogger;
  readonly metrics: AdapterMetrics;
  readonly emit: (event: CtiMessage) => void;
}

/** All that the core knows of one session: who it is for, what is registered, what waits to go out. */
export interface CoreSession {
  readonly id: string;
  readonly agent: string;
  readonly root: ObjectNode;
  readonly answerFirst: AnswerFirst<BoundReport>;
  readonly gate: EventGate;
  /** Sends an event of a registered object, past the gate. */
  readonly push: (node: ObjectNode, name: string, body: JsonObject) => void;
  /** Groups and stand-alone channels that the last reading listed; whatever else comes, its agent asked for. */
  readonly listed: Set<string>;
  /** Whether the agent follows the address book: only then its changes go out. */
  followsAddressBook: boolean;
  /** Counts the createsessions: what was asked under an earlier one is void. */
  generation: number;
  isOpen: boolean;
}

/** The session is read again from its root: what was on its way before is void. */
export const restartSession = (session: CoreSession): void => {
  session.generation += 1;
  forgetReadings(session.root);
  session.answerFirst.reset();
  session.gate.reset();
};

/** An event for an object, past all gates. One that does not fit the bridge is logged and dropped. */
const pusher =
  ({ metrics, logger, emit }: SessionPorts, session: string): CoreSession['push'] =>
  (node, name, body) => {
    const message = eventMessage(name, formatTarget(bridgeTarget(node)), body);
    const fit = trimBody(message);
    if (!fit.ok) {
      metrics.count('events_dropped');
      return logger.error('an event of the switch does not fit the bridge and was dropped', {
        session,
        name,
        why: fit.error,
      });
    }
    if (fit.value.cut > 0) {
      metrics.count('items_cut', fit.value.cut);
      logger.warn(TOO_MUCH, { session, name, cut: fit.value.cut });
    }
    emit({ ...message, body: fit.value.body });
  };

export const createCoreSession = (
  { id, agent }: { readonly id: string; readonly agent: string },
  ports: SessionPorts,
): CoreSession => {
  const { clock, logger, metrics } = ports;
  const root = rootNode(id, agent);
  const push = pusher(ports, id);
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
  const answerFirst = createAnswerFirst<BoundReport>(clock, MAX_WAITING_REPORTS, (report) =>
    isWanted(report) ? gate.pass(report) : metrics.count('events_dropped'),
  );
  const session: CoreSession = {
    ...{ id, agent, root, answerFirst, gate, push },
    listed: new Set(),
    followsAddressBook: false,
    generation: 0,
    isOpen: false,
  };
  return session;
};
