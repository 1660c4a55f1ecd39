import {
  answerFailure,
  answerSuccess,
  checkBody,
  controlTarget,
  type CtiMessage,
  type ProcessorStatus,
} from '@cordboard/cti-protocol';
import { err, storableJson } from '@cordboard/kernel';
import { type BridgePeer } from '../peer.ts';
import { type Answering, type CoreContext, type PeerOptions } from './core-context.ts';
import { type Outcome } from './carry-out.ts';
import { handleControl } from './control-requests.ts';
import { type SwitchReport } from './event-gate.ts';
import { createQueueReporter } from './queue-reporter.ts';
import { type AdapterReport, createReport } from './report.ts';
import { handleSessionRequest } from './session-requests.ts';
import { createSessionRegister } from './session-register.ts';
import { createSwitchStatus } from './switch-status.ts';

/** An adapter that nothing carries yet. */
export interface AdapterPeer extends BridgePeer {
  /** What the switch did; call it in the order in which it happened. */
  readonly report: AdapterReport;
  readonly status: () => ProcessorStatus;
}

const silent = { count: () => undefined };

const answering =
  (question: CtiMessage, answer: Answering) =>
  (outcome: Outcome): void =>
    answer(
      outcome.ok
        ? answerSuccess(question, storableJson(outcome.value))
        : answerFailure(question, outcome.error),
    );

/**
 * The core of an adapter: what it does with questions and reports, whatever carries it. Registration, ids,
 * answers before events, the gate of unread objects, limits of handlers.
 */
export const createAdapterPeer = (options: PeerOptions): AdapterPeer => {
  const { clock, logger, processor, metrics = silent } = options;
  let listener: (event: CtiMessage) => void = () => undefined;
  const emit = (event: CtiMessage): void => listener(event);
  const status = createSwitchStatus(processor, options.status ?? 'STARTED', emit);
  const sessions = createSessionRegister({ clock, logger, metrics, emit });
  const queues = createQueueReporter({ clock, logger, metrics, emit }, processor);
  const context: CoreContext = { ...options, metrics, sessions, status: status.is, emit };

  const tell = (report: SwitchReport): void => {
    const session = sessions.ofAgent(report.at.agent);
    if (session === undefined) return metrics.count('events_dropped');
    const bound = session.gate.bind(report);
    if (bound !== null) session.answerFirst.pass(bound);
  };

  const ask: BridgePeer['ask'] = (question, answer) => {
    const done = answering(question, answer);
    const checked = checkBody(question);
    const { target, name } = question.header;
    if (!checked.ok) {
      metrics.count('malformed');
      logger.warn('a malformed question of the bridge was refused', { name, why: checked.error });
      return done(err(checked.error));
    }
    if (target.split('.').at(-1) !== 'CONTROL') return handleSessionRequest(context, question, done);
    if (target !== controlTarget(processor)) return done(err('unknown target'));
    handleControl(context, question, done);
    if (name !== 'cti.request.status') return;
    status.asked();
    queues.asked();
  };

  return {
    ask,
    onEvent: (heard) => void (listener = heard),
    report: createReport({ send: tell, status: status.set, queues: queues.report }),
    status: status.is,
  };
};
