import { createAsks, type Sent } from './asks.ts';
import { type BusOptions, MAX_OPEN_ASKS, warnOnError } from './bus-options.ts';
import { type Bus, type BusMessage, type Subscription } from './bus.ts';
import { cleanHeaders, type Headers, payloadBytes } from './headers.ts';
import { createMemoryServer, type MemoryServer, type Reply } from './memory-server.ts';
import { requestOver } from './request.ts';
import { wallClock } from './wall-clock.ts';

export interface MemoryBus extends Bus {
  /** Loses the connection, as a broken cable would: nothing more goes in or out. */
  readonly sever: (reason?: string) => void;
  /**
   * Hears nothing, as a process that is stopped; the returned function hands over what came meanwhile, or, given a
   * number, that many of them and stays frozen.
   */
  readonly freeze: () => (first?: number) => void;
}

/** Stands for the NATS server between buses of one process. */
export interface MemoryNetwork {
  readonly connect: (options?: BusOptions) => MemoryBus;
}

const MAX_PAYLOAD_BYTES = 1_048_576;
const NO_HEADERS: Headers = Object.freeze({});
const NOT_HEARD: Subscription = { unsubscribe: () => undefined };

class MemoryConnection {
  readonly closed: Promise<string>;
  #die!: (reason: string) => void;
  #dead = false;
  #draining = false;
  #backlog: (() => void)[] | null = null;
  readonly #subscriptions = new Set<Subscription>();
  readonly #flushes = new Set<() => void>();
  readonly #asks;
  readonly #request: Bus['request'];
  readonly #onError: (error: unknown, subject: string) => void;

  constructor(
    private readonly server: MemoryServer,
    private readonly maxPayloadBytes: number,
    options: BusOptions,
  ) {
    this.#onError = options.onError ?? warnOnError;
    this.closed = new Promise((resolve) => (this.#die = resolve));
    this.#asks = createAsks({
      limit: options.maxOpenAsks ?? MAX_OPEN_ASKS,
      onError: this.#onError,
      send: (token, subject, body, headers) => this.#send(subject, body, headers, this.#answersOf(token)),
    });
    this.#request = requestOver(this.#asks.ask, options.clock ?? wallClock);
  }

  get bus(): MemoryBus {
    return {
      publish: (subject, body, headers) => this.#send(subject, body, headers) === 'sent',
      subscribe: this.#subscribe,
      request: this.#request,
      ask: this.#asks.ask,
      flush: this.#flush,
      closed: this.closed,
      drain: this.#drain,
      maxPayloadBytes: this.maxPayloadBytes,
      sever: (reason = 'severed') => this.#lose(reason),
      freeze: this.#freeze,
    };
  }

  #fits(body: string, headers: Headers | undefined): boolean {
    return payloadBytes(body, headers) <= this.maxPayloadBytes;
  }

  #send(subject: string, body: string, headers: Headers | undefined, reply?: Reply): Sent {
    if (this.#dead) return 'closed';
    if (!this.#fits(body, headers)) return 'too-large';
    this.server.route({ subject, body, headers: cleanHeaders(headers ?? NO_HEADERS), reply });
    return 'sent';
  }

  #answersOf(token: string): Reply {
    return {
      answered: (message) => {
        this.#arrive(() => this.#asks.answered(token, message));
      },
      unanswered: () => {
        this.#arrive(() => this.#asks.unanswered(token, 'no-responders'));
      },
    };
  }

  #arrive(handle: () => void): void {
    if (this.#dead) return;
    if (this.#backlog === null) handle();
    else this.#backlog.push(handle);
  }

  readonly #freeze = (): ((first?: number) => void) => {
    this.#backlog ??= [];
    return (first) => {
      const waiting = this.#backlog?.splice(0, first ?? Infinity) ?? [];
      if (first === undefined) this.#backlog = null;
      if (!this.#dead) for (const handle of waiting) handle();
    };
  };

  readonly #flush = (): Promise<void> =>
    new Promise((resolve) => {
      if (this.#dead) return resolve();
      const done = (): void => {
        this.#flushes.delete(done);
        resolve();
      };
      this.#flushes.add(done);
      this.server.post(() => this.#arrive(done));
    });

  /** What the hearer of a message gets to answer with: it speaks through this connection. */
  readonly #answer = (reply: Reply, body: string, headers: Headers = NO_HEADERS): void => {
    if (this.#dead) return;
    const subject = '_INBOX';
    if (!this.#fits(body, headers)) {
      return this.#onError(
        new Error('an answer was larger than the server allows and was not sent'),
        subject,
      );
    }
    const message: BusMessage = { subject, address: null, body, headers: cleanHeaders(headers) };
    this.server.post(() => reply.answered(message));
  };

  #guard(handler: (message: BusMessage) => void, message: BusMessage): void {
    try {
      handler(message);
    } catch (error) {
      this.#onError(error, message.subject);
    }
  }

  readonly #subscribe: Bus['subscribe'] = (subject, handler, { queue } = {}) => {
    if (this.#dead || this.#draining) return NOT_HEARD;
    const end = this.server.listen(subject, queue, {
      hear: (message) => this.#arrive(() => this.#guard(handler, message)),
      answer: this.#answer,
    });
    const subscription: Subscription = {
      unsubscribe: () => {
        end();
        this.#subscriptions.delete(subscription);
      },
    };
    this.#subscriptions.add(subscription);
    return subscription;
  };

  #lose(reason: string): void {
    if (this.#dead) return;
    this.#dead = true;
    for (const subscription of [...this.#subscriptions]) subscription.unsubscribe();
    this.#die(reason);
    this.#asks.closeAll();
    for (const done of [...this.#flushes]) done();
  }

  readonly #drain = async (): Promise<void> => {
    this.#draining = true;
    await new Promise<void>((resolve) => this.server.post(resolve));
    this.#lose('closed');
  };
}

/** Buses that hear each other, with the semantics of NATS: one contract suite runs on both. */
export const createMemoryNetwork = (options: { readonly maxPayloadBytes?: number } = {}): MemoryNetwork => {
  const server = createMemoryServer();
  const { maxPayloadBytes = MAX_PAYLOAD_BYTES } = options;
  return { connect: (busOptions = {}) => new MemoryConnection(server, maxPayloadBytes, busOptions).bus };
};

/** One bus on a network of its own. */
export const createMemoryBus = (options?: BusOptions): MemoryBus => createMemoryNetwork().connect(options);
