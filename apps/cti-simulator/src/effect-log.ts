import { openSync, writeSync } from 'node:fs';
import { type AskedQuestion, type BridgePeer, type LinkRecord, type SentEvent } from '@cordboard/adapter-sdk';
import { type CtiMessage } from '@cordboard/cti-protocol';
import { type Clock } from '@cordboard/kernel';
import { type Logger } from '@cordboard/runtime';

/** What the adapter did at the switch and what it told, for whoever compares that with the log of the sessions. */
export interface EffectLog {
  /** Hears what passes the link. */
  readonly record: LinkRecord;
  /** A request was carried out at the switch. */
  readonly done: (question: CtiMessage) => void;
}

interface EffectLogPorts {
  readonly instance: string;
  readonly clock: Clock;
  readonly write: (line: string) => void;
}

/** Questions asked and not yet carried out whose owner is remembered; of older ones it is not known any more. */
const MAX_ASKED = 10_000;

/** One line of JSON for each request carried out (`kind: "done"`) and each event sent (`kind: "event"`). */
export const createEffectLog = ({ instance, clock, write }: EffectLogPorts): EffectLog => {
  const asked = new Map<string, AskedQuestion>();
  const line = (kind: 'done' | 'event', entry: object): void =>
    write(`${JSON.stringify({ kind, at: clock.now(), instance, ...entry })}\n`);
  return {
    record: {
      asked: (question) => {
        asked.set(question.requestId, question);
        const [oldest] = asked.keys();
        if (asked.size > MAX_ASKED && oldest !== undefined) asked.delete(oldest);
      },
      sent: (event: SentEvent) => line('event', event),
    },
    done: ({ header: { name, target, requestId = '' } }) => {
      const { epoch = null, probe = false, incarnation = null } = asked.get(requestId) ?? {};
      asked.delete(requestId);
      line('done', { name, target, requestId, epoch, probe, incarnation });
    },
  };
};

/** Appends to a file. A file that cannot be opened raises; a line that cannot be written is logged. */
export const appendingTo = (file: string, logger: Logger): ((line: string) => void) => {
  const descriptor = openSync(file, 'a', 0o600);
  return (line) => {
    try {
      writeSync(descriptor, line);
    } catch (error) {
      logger.error('a line of CORDBOARD_SIMULATOR_LOG could not be written', { error: String(error) });
    }
  };
};

/** A peer whose requests are written down when they were carried out. */
export const recordedPeer = (inner: BridgePeer, log: EffectLog | undefined): BridgePeer =>
  log === undefined
    ? inner
    : {
        ask: (question, answer) =>
          inner.ask(question, (response) => {
            if (question.header.type === 'cti.request' && response.header.result === 'SUCCESS')
              log.done(question);
            answer(response);
          }),
        onEvent: inner.onEvent,
      };
