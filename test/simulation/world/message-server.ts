import { type Cable, type Fate, type Message } from './messages.ts';
import { type Host } from './host.ts';
import { type Random } from './random.ts';

/** Where the answers to a question go: a connection, and which of its questions it was. */
export interface Inbox {
  readonly link: Link;
  readonly token: number;
}

/** The server's end of a connection. */
export interface Link extends Cable {
  /** Hands a message to one subscription of the host. */
  readonly hear: (subscription: number, message: Message, inbox: Inbox | null) => void;
  readonly answer: (token: number, message: Message) => void;
  readonly nobody: (token: number) => void;
}

interface Listener {
  readonly link: Link;
  readonly id: number;
  readonly pattern: readonly string[];
  readonly queue: string | undefined;
}

export interface Server {
  readonly listen: (link: Link, id: number, subject: string, queue: string | undefined) => void;
  readonly forget: (link: Link, id: number) => void;
  readonly forgetAll: (link: Link) => void;
  readonly route: (message: Message, inbox: Inbox | null) => void;
}

interface Ports {
  readonly random: Random;
  readonly fate: (subject: string, to: Host) => Fate;
}

const fits = (pattern: readonly string[], tokens: readonly string[]): boolean => {
  for (let index = 0; index < pattern.length; index += 1) {
    const want = pattern[index];
    if (want === '>') return tokens.length > index;
    if (want !== '*' && want !== tokens[index]) return false;
  }
  return pattern.length === tokens.length;
};

/** Who hears a message is settled when it reaches the server; one of each queue group does, by chance. */
export const createServer = ({ random, fate }: Ports): Server => {
  let listeners: Listener[] = [];

  const hearersOf = (subject: string): readonly Listener[] => {
    const tokens = subject.split('.');
    const matching = listeners.filter(({ pattern }) => fits(pattern, tokens));
    const groups = new Map<string, Listener[]>();
    const hearers: Listener[] = [];
    for (const listener of matching) {
      if (listener.queue === undefined) hearers.push(listener);
      else groups.set(listener.queue, [...(groups.get(listener.queue) ?? []), listener]);
    }
    for (const members of groups.values()) hearers.push(random.pick(members));
    return hearers;
  };

  return {
    listen: (link, id, subject, queue) =>
      void listeners.push({ link, id, pattern: subject.split('.'), queue }),
    forget: (link, id) => {
      listeners = listeners.filter((listener) => listener.link !== link || listener.id !== id);
    },
    forgetAll: (link) => {
      listeners = listeners.filter((listener) => listener.link !== link);
    },
    route: (message, inbox) => {
      const hearers = hearersOf(message.subject);
      if (hearers.length === 0 && inbox !== null) return inbox.link.nobody(inbox.token);
      for (const { link, id } of hearers) {
        const times = { lost: 0, arrives: 1, doubled: 2 }[fate(message.subject, link.host)];
        for (let time = 0; time < times; time += 1) link.hear(id, message, inbox);
      }
    },
  };
};
