import { type Subscription, subjects } from '@cordboard/bus';
import { type ProcessorStatus } from '@cordboard/cti-protocol';
import { type AdapterContext, type AdapterOptions } from './adapter-context.ts';
import { createControl } from './control-requests.ts';
import { type SwitchReport } from './event-gate.ts';
import { DRAIN_MS } from './limits.ts';
import { createPresence } from './presence.ts';
import { type AdapterReport, createReport } from './report.ts';
import { createSendEvent } from './send-event.ts';
import { handleSessionRequest } from './session-requests.ts';
import { createSessionRegister } from './session-register.ts';

/** An adapter between one switch and Cordboard. */
export interface Adapter {
  /** Listens, says hello, and takes sessions. */
  readonly start: () => void;
  /** What the switch did; call it in the order in which it happened. */
  readonly report: AdapterReport;
  /** The link to the switch changed; only STARTED takes sessions. */
  readonly setStatus: (status: ProcessorStatus, reason?: string) => void;
  /** Takes no more sessions, finishes what is under way (2 s at most), says STOPPED and falls silent. */
  readonly stop: () => Promise<void>;
}

const POLL_MS = 20;
const silent = { count: () => undefined };

const wait = ({ clock }: Pick<AdapterOptions, 'clock'>, delayMs: number): Promise<void> =>
  new Promise((resolve) => void clock.after(delayMs, resolve));

const makeContext = (options: AdapterOptions, status: () => ProcessorStatus): AdapterContext => {
  const metrics = options.metrics ?? silent;
  const incarnation = options.ids.next();
  const { clock, logger } = options;
  const send = createSendEvent({ ...options, metrics }, incarnation);
  const sessions = createSessionRegister({ clock, logger, metrics, send });
  return { ...options, metrics, incarnation, sessions, status };
};

/** Makes an adapter; nothing is said before `start`. */
export const createAdapter = (options: AdapterOptions): Adapter => {
  const context = makeContext(options, () => presence.status());
  const { bus, clock, tenant, processor, instance } = context;
  const { sessions, metrics } = context;
  const presence = createPresence(options, context.incarnation, sessions.openCount);
  const subscriptions: Subscription[] = [];

  const tell = (report: SwitchReport): void => {
    const session = sessions.ofAgent(report.at.agent);
    if (session === undefined) return metrics.count('events_dropped');
    const bound = session.gate.bind(report);
    if (bound !== null) session.answerFirst.pass(bound);
  };

  return {
    report: createReport(tell),
    setStatus: presence.set,
    start: () => {
      presence.set('STARTED');
      subscriptions.push(
        bus.subscribe(subjects.ctiControl(tenant, processor, instance), createControl(context, presence)),
        bus.subscribe(subjects.ctiRequestsTo(tenant, processor, instance), (message) =>
          handleSessionRequest(context, message),
        ),
      );
      presence.start();
    },
    stop: async () => {
      presence.set('STOPPING');
      const until = clock.now() + DRAIN_MS;
      while (sessions.underWay() > 0 && clock.now() < until) await wait(context, POLL_MS);
      presence.set('STOPPED');
      presence.end();
      for (const subscription of subscriptions.splice(0)) subscription.unsubscribe();
      await bus.flush();
    },
  };
};
