import { answerResult, type BusMessage, HEADERS } from '@cordboard/bus';
import { parseCtiMessage } from '@cordboard/cti-protocol';
import { type Target } from '@cordboard/kernel';
import { factFromCti } from '@cordboard/translation';
import { factCause } from './cause.ts';
import { type OwnedSession } from './owned-session.ts';
import { type EnginePorts } from './ports.ts';

export type SwitchEventHandler = (session: OwnedSession, message: BusMessage, target: Target) => void;

const done = JSON.stringify({ ok: true });
const dropped = JSON.stringify({ ok: false, code: 'MALFORMED' });

/** Records what the switch reports, once, and says so only when it stands in the log (design K9). */
export const createSwitchEventHandler = (
  ports: Pick<EnginePorts, 'clock' | 'ids' | 'metrics' | 'log'>,
): SwitchEventHandler => {
  const { clock, ids, metrics, log } = ports;

  const drop = (message: BusMessage, reason: string): void => {
    metrics.count('switch_events_malformed');
    log.warn('malformed switch event dropped', { subject: message.subject, reason });
    answerResult(message, dropped);
  };

  return (session, message, target) => {
    const { runner } = session;
    const ctiSeq = Number(message.headers[HEADERS.ctiSeq]);
    if (!Number.isSafeInteger(ctiSeq) || ctiSeq < 1) return drop(message, 'no ctiSeq header');
    metrics.count('switch_events');
    if (ctiSeq <= runner.memory.ctiSeq) {
      metrics.count('switch_events_repeated');
      void runner.settled.then(() => (runner.lost ? undefined : answerResult(message, done)));
      return;
    }
    const parsed = parseCtiMessage(message.body);
    if (!parsed.ok) return drop(message, parsed.error);
    const fact = factFromCti(parsed.value.message, target);
    if (!fact.ok) return drop(message, fact.error.reason);
    const seed = ids.next();
    const taken = runner.submit({
      input: { kind: 'fact', fact: fact.value, at: clock.now(), seed },
      cause: factCause(message.headers[HEADERS.instance] ?? 'unknown', ctiSeq, seed),
    });
    if (!taken.ok) return answerResult(message, JSON.stringify({ ok: false, code: taken.error.code }));
    runner.passSwitchEvent(ctiSeq);
    void taken.value.then((error) => {
      if (error === null) answerResult(message, done);
      else if (error.kind === 'refused') drop(message, error.reason);
    });
  };
};
