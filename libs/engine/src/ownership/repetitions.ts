import { type BusMessage, HEADERS } from '@cordboard/bus';

/** What messages wait for, each in its latest repetition: a sender hears any answer, and that to the last one surely. */
export interface Repetitions {
  /** An earlier one waits already: this one takes its place. */
  readonly waits: (message: BusMessage) => boolean;
  /** With what the message waited for, its latest repetition. */
  readonly during: <T>(
    message: BusMessage,
    task: Promise<T>,
  ) => Promise<{ readonly result: T; readonly latest: BusMessage }>;
}

const SAME = [HEADERS.for, HEADERS.actor, HEADERS.binding, HEADERS.ctiSeq];

const nameOf = ({ headers, body }: BusMessage): string =>
  SAME.map((name) => headers[name] ?? '').join(' ') + body;

export const createRepetitions = (): Repetitions => {
  const waiting = new Map<string, BusMessage>();
  return {
    waits: (message) => {
      const name = nameOf(message);
      if (!waiting.has(name)) return false;
      waiting.set(name, message);
      return true;
    },
    during: async (message, task) => {
      const name = nameOf(message);
      waiting.set(name, message);
      try {
        const result = await task;
        return { result, latest: waiting.get(name) ?? message };
      } finally {
        waiting.delete(name);
      }
    },
  };
};
