import { type Bus, type BusMessage, type Headers, parseSubject, type Unanswered } from '@cordboard/bus';
import { err, ok } from '@cordboard/kernel';
import { type Host } from './host.ts';
import { createLine, type Line } from './line.ts';
import { type Inbox, type Link, type Server } from './message-server.ts';
import { type Message } from './messages.ts';
import { type Random } from './random.ts';
import { type Scheduler } from './scheduler.ts';

interface Ports {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly host: Host;
  readonly server: Server;
}

type Asking = Parameters<Bus['ask']>[2];

const NO_HEADERS: Headers = Object.freeze({});
const MAX_PAYLOAD_BYTES = 1_048_576;
/** The server notices a broken connection within so long. */
const NOTICE_MS = 5;

const lastToken = (subject: string): string => subject.slice(subject.lastIndexOf('.') + 1);

/** One connection of one host: everything goes through the scheduler, in order in each direction. */
export class SimulatedBus {
  readonly link: Link;
  readonly port: Bus;
  readonly #up: Line;
  readonly #down: Line;
  readonly #handlers = new Map<number, (message: BusMessage) => void>();
  readonly #asks = new Map<number, Asking>();
  #count = 0;
  #open = true;
  #die!: (reason: string) => void;

  constructor(private readonly ports: Ports) {
    const { scheduler, random, host } = ports;
    this.#up = createLine(scheduler, random, null);
    this.#down = createLine(scheduler, random, host);
    this.link = {
      host,
      isOpen: () => this.#open,
      sever: () => this.#sever('severed'),
      stall: (direction, ms) => (direction === 'in' ? this.#down : this.#up).stall(ms),
      hear: (id, message, inbox) =>
        this.#down.carry(`hears ${lastToken(message.subject)}`, () => this.#hear(id, message, inbox)),
      answer: (token, message) => this.#down.carry('answer', () => this.#answered(token, message)),
      nobody: (token) => this.#down.carry('nobody', () => this.#unanswered(token, 'no-responders')),
    };
    this.port = {
      publish: (subject, body, headers) =>
        this.#publish({ subject, body, headers: headers ?? NO_HEADERS }, null),
      subscribe: (subject, handler, options) => this.#subscribe(subject, handler, options?.queue),
      request: (subject, body, options) => this.#request(subject, body, options),
      ask: (subject, body, asking) => this.#ask(subject, body, asking),
      flush: () => new Promise((resolve) => this.#flush(resolve)),
      closed: new Promise((resolve) => (this.#die = resolve)),
      drain: async () => {
        await new Promise<void>((resolve) => this.#flush(resolve));
        this.#sever('closed');
      },
      maxPayloadBytes: MAX_PAYLOAD_BYTES,
    };
    host.onCrash(() => this.#sever('crashed'));
  }

  #publish(message: Message, inbox: Inbox | null): boolean {
    if (!this.#open) return false;
    this.#up.carry(`sends ${lastToken(message.subject)}`, () => this.ports.server.route(message, inbox));
    return true;
  }

  #subscribe(
    subject: string,
    handler: (message: BusMessage) => void,
    queue: string | undefined,
  ): ReturnType<Bus['subscribe']> {
    this.#count += 1;
    const id = this.#count;
    this.#handlers.set(id, handler);
    this.#up.carry('listens', () => this.ports.server.listen(this.link, id, subject, queue));
    return {
      unsubscribe: () => {
        this.#handlers.delete(id);
        this.#up.carry('listens no more', () => this.ports.server.forget(this.link, id));
      },
    };
  }

  #hear(id: number, { subject, body, headers }: Message, inbox: Inbox | null): void {
    const handler = this.#handlers.get(id);
    if (!this.#open || handler === undefined) return;
    const reply = (text: string, extra: Headers = NO_HEADERS): void => {
      if (inbox === null || !this.#open) return;
      const message = { subject: '_INBOX', body: text, headers: extra };
      this.#up.carry('answers', () => inbox.link.answer(inbox.token, message));
    };
    const address = parseSubject(subject);
    handler({ subject, address, body, headers, ...(inbox === null ? {} : { reply }) });
  }

  #ask(subject: string, body: string, asking: Asking): () => void {
    this.#count += 1;
    const token = this.#count;
    this.#asks.set(token, asking);
    const message = { subject, body, headers: asking.headers ?? NO_HEADERS };
    if (!this.#publish(message, { link: this.link, token })) {
      queueMicrotask(() => this.#unanswered(token, 'closed'));
    }
    return () => void this.#asks.delete(token);
  }

  readonly #request: Bus['request'] = (subject, body, { timeoutMs, headers }) =>
    new Promise((resolve) => {
      const end = this.#ask(subject, body, {
        headers,
        onReply: (message) => {
          end();
          cancel();
          resolve(ok(message));
        },
        onNoResponders: (why) => {
          cancel();
          resolve(err(why));
        },
      });
      const cancel = this.ports.host.clock.after(timeoutMs, () => {
        end();
        resolve(err('timeout'));
      });
    });

  #answered(token: number, { subject, body, headers }: Message): void {
    if (this.#open) this.#asks.get(token)?.onReply({ subject, address: null, body, headers });
  }

  #unanswered(token: number, why: Unanswered): void {
    const asking = this.#asks.get(token);
    this.#asks.delete(token);
    asking?.onNoResponders(why);
  }

  #flush(done: () => void): void {
    if (!this.#open) return done();
    this.#up.carry('flush', () => this.#down.carry('flushed', done));
    void this.port.closed.then(done);
  }

  #sever(reason: string): void {
    if (!this.#open) return;
    this.#open = false;
    const { scheduler, random, server, host } = this.ports;
    this.#down.cut();
    scheduler.at(scheduler.now() + random.next() * NOTICE_MS, null, 'connection ends', () => {
      this.#up.cut();
      server.forgetAll(this.link);
    });
    scheduler.at(scheduler.now(), host, `lost: ${reason}`, () => {
      this.#die(reason);
      for (const token of [...this.#asks.keys()]) this.#unanswered(token, 'closed');
    });
  }
}
