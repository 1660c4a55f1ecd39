import { type BusMessage } from './bus.ts';
import { type Headers } from './headers.ts';
import { parseSubject } from './parse-subject.ts';
import { matches } from './subject-match.ts';

/** Where the answers to one question go. */
export interface Reply {
  readonly answered: (message: BusMessage) => void;
  readonly unanswered: () => void;
}

interface Wire {
  readonly subject: string;
  readonly body: string;
  readonly headers: Headers;
  readonly reply?: Reply | undefined;
}

/** One end of a connection that listens. */
interface Ear {
  readonly hear: (message: BusMessage) => void;
  readonly answer: (reply: Reply, body: string, headers?: Headers) => void;
}

interface Listener extends Ear {
  readonly pattern: readonly string[];
  readonly queue: string | undefined;
  live: boolean;
}

/** Routes like a NATS server: who hears a message is settled when it is sent, and it arrives later, in order. */
export interface MemoryServer {
  readonly route: (wire: Wire) => void;
  readonly listen: (subject: string, queue: string | undefined, ear: Ear) => () => void;
  /** Runs a task after everything that was sent before it has arrived. */
  readonly post: (task: () => void) => void;
}

const messageFor = ({ answer }: Ear, { reply, subject, body, headers }: Wire): BusMessage => ({
  subject,
  address: parseSubject(subject),
  body,
  headers,
  reply: reply && ((text, answerHeaders) => answer(reply, text, answerHeaders)),
});

export const createMemoryServer = (): MemoryServer => {
  const listeners = new Set<Listener>();
  const tasks: (() => void)[] = [];
  const turns = new Map<string, number>();

  const post = (task: () => void): void => {
    tasks.push(task);
    queueMicrotask(() => tasks.shift()?.());
  };

  /** One member of each queue group in turn, and everyone without a group. */
  const hearersOf = (subject: string): readonly Listener[] => {
    const tokens = subject.split('.');
    const matching = [...listeners].filter(({ pattern }) => matches(pattern, tokens));
    const queues = new Set(matching.map(({ queue }) => queue));
    return [...queues].flatMap((queue) => {
      const members = matching.filter((listener) => listener.queue === queue);
      if (queue === undefined) return members;
      const turn = turns.get(queue) ?? 0;
      turns.set(queue, turn + 1);
      return members.slice(turn % members.length).slice(0, 1);
    });
  };

  const route = (wire: Wire): void => {
    const hearers = hearersOf(wire.subject);
    const { reply } = wire;
    if (hearers.length === 0 && reply !== undefined) return post(reply.unanswered);
    for (const hearer of hearers) {
      post(() => {
        if (hearer.live) hearer.hear(messageFor(hearer, wire));
      });
    }
  };

  const listen: MemoryServer['listen'] = (subject, queue, ear) => {
    const listener: Listener = { ...ear, pattern: subject.split('.'), queue, live: true };
    listeners.add(listener);
    return () => {
      listener.live = false;
      listeners.delete(listener);
    };
  };

  return { route, listen, post };
};
