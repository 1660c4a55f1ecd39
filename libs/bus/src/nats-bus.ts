import {
  createInbox,
  type NatsConnection,
  type Status,
  type Subscription as NatsSubscription,
} from '@nats-io/transport-node';
import { answerNotMe, answerReceipt } from './answers.ts';
import { createAsks, type Sent } from './asks.ts';
import { MAX_OPEN_ASKS, type BusOptions, warnOnError } from './bus-options.ts';
import { type Bus, type BusMessage, type Subscription } from './bus.ts';
import { type Feed } from './feed.ts';
import { headerLines, type Headers } from './headers.ts';
import { createJetStreamFeed } from './jetstream-feed.ts';
import { type NatsAddress, openConnection } from './nats-connection.ts';
import { fromNats, type HeardMessage, isNoResponders, publishOptions } from './nats-message.ts';
import { createOneWrite } from './one-write.ts';
import { createOutboundMeter } from './outbound.ts';
import { requestOver } from './request.ts';
import { createSlices } from './slices.ts';
import { wallClock } from './wall-clock.ts';

export interface NatsOptions extends NatsAddress, BusOptions {
  /** A server that leaves so much unread is taken for dead; default 64 MiB. */
  readonly maxOutboundBytes?: number | undefined;
}

const MAX_OUTBOUND_BYTES = 64 * 1_024 * 1_024;
const NOT_HEARD: Subscription = { unsubscribe: () => undefined };

const receive = (message: HeardMessage): void => {
  answerReceipt(message);
  message.isReceived = true;
};

class NatsBus {
  readonly maxPayloadBytes: number;
  readonly closed: Promise<string>;
  #die!: (reason: string) => void;
  #dead = false;
  #draining = false;
  readonly #inbox = createInbox();
  readonly #flushes = new Set<() => void>();
  readonly #slices = createSlices();
  readonly #oneWrite = createOneWrite();
  readonly #meter;
  readonly #asks;
  readonly #request: Bus['request'];
  readonly #onError: (error: unknown, subject: string) => void;

  constructor(
    private readonly connection: NatsConnection,
    options: NatsOptions,
  ) {
    this.maxPayloadBytes = connection.info?.max_payload ?? 0;
    this.#onError = options.onError ?? warnOnError;
    this.closed = new Promise((resolve) => (this.#die = resolve));
    this.#meter = createOutboundMeter(options.maxOutboundBytes ?? MAX_OUTBOUND_BYTES, () =>
      connection.flush(),
    );
    this.#asks = createAsks({
      limit: options.maxOpenAsks ?? MAX_OPEN_ASKS,
      onError: this.#onError,
      send: (token, subject, body, headers) => this.#send(subject, body, headers, `${this.#inbox}.${token}`),
    });
    this.#request = requestOver(this.#asks.ask, options.clock ?? wallClock);
    this.#listenForAnswers();
    void this.#watch(connection.status());
    void connection.closed().then((error) => this.#lose(error instanceof Error ? error.message : 'closed'));
  }

  get bus(): Bus {
    return {
      publish: (subject, body, headers) => this.#send(subject, body, headers) === 'sent',
      subscribe: this.#subscribe,
      request: this.#request,
      ask: this.#asks.ask,
      flush: this.#flush,
      closed: this.closed,
      drain: this.#drain,
      maxPayloadBytes: this.maxPayloadBytes,
    };
  }

  #send(subject: string, body: string, headers: Headers | undefined, reply = ''): Sent {
    if (this.#dead || this.connection.isClosed()) return 'closed';
    const data = Buffer.from(body);
    const lines = headers === undefined ? undefined : Buffer.from(headerLines(headers));
    const bytes = data.length + (lines?.length ?? 0);
    if (bytes > this.maxPayloadBytes) return 'too-large';
    if (!this.#meter.add(bytes)) {
      this.#abandon('the NATS server does not take what is sent');
      return 'closed';
    }
    this.#say(subject, bytes, () => this.connection.publish(subject, data, publishOptions(reply, lines)));
    return 'sent';
  }

  /** All but the durable feed, whose messages wait for acknowledgements of their own, goes through here, and so in its order. */
  #say(subject: string, bytes: number, task: () => void): void {
    this.#oneWrite.add(() => {
      if (this.#dead || this.connection.isClosed()) return;
      try {
        task();
      } catch (error) {
        this.#onError(error, subject);
      }
    }, bytes);
  }

  readonly #answer = (replyTo: string, body: string, headers: Headers | undefined): void => {
    if (this.#send(replyTo, body, headers) === 'too-large') {
      this.#onError(new Error('an answer was larger than the server allows and was not sent'), replyTo);
    }
  };

  #guard(handler: (message: BusMessage) => void, message: BusMessage): void {
    try {
      handler(message);
    } catch (error) {
      this.#onError(error, message.subject);
    }
  }

  readonly #subscribe: Bus['subscribe'] = (subject, handler, { queue, mayReceive } = {}) => {
    if (this.#dead || this.#draining || this.connection.isClosed()) return NOT_HEARD;
    let subscription: NatsSubscription | undefined;
    let wanted = true;
    this.#say(subject, subject.length, () => {
      if (!wanted) return;
      subscription = this.connection.subscribe(subject, {
        ...(queue === undefined ? {} : { queue }),
        callback: (error, message) => {
          if (error !== null) return this.#onError(error, subject);
          if (!wanted) return;
          const heard = fromNats(message, this.#answer);
          if (mayReceive?.(heard) === true) receive(heard);
          this.#slices.run(() => {
            if (wanted && subscription?.isClosed() === false) this.#guard(handler, heard);
            // Else its sender would wait until it may ask again.
            else if (heard.isReceived === true) answerNotMe(heard);
          });
        },
      });
    });
    return {
      unsubscribe: () => {
        wanted = false;
        this.#say(subject, 0, () => subscription?.unsubscribe());
      },
    };
  };

  #listenForAnswers(): void {
    this.connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (error !== null) return this.#onError(error, this.#inbox);
        const token = message.subject.slice(this.#inbox.length + 1);
        if (isNoResponders(message)) this.#slices.run(() => this.#asks.unanswered(token, 'no-responders'));
        else {
          const heard = fromNats(message, this.#answer);
          this.#slices.run(() => this.#asks.answered(token, heard));
        }
      },
    });
  }

  async #watch(changes: AsyncIterable<Status>): Promise<void> {
    for await (const change of changes) {
      if (change.type === 'error') this.#onError(change.error, '');
      if (change.type === 'staleConnection') this.#lose('the NATS server does not answer');
    }
  }

  /** The connection cannot be trusted any more: everyone hears so at once, however long closing takes. */
  #abandon(reason: string): void {
    this.#lose(reason);
    void this.connection.close();
  }

  #lose(reason: string): void {
    if (this.#dead) return;
    this.#slices.finish();
    this.#dead = true;
    this.#die(reason);
    this.#asks.closeAll();
    for (const done of [...this.#flushes]) done();
  }

  readonly #flush = (): Promise<void> =>
    new Promise((resolve) => {
      if (this.#dead) return resolve();
      const done = (): void => {
        this.#flushes.delete(done);
        resolve();
      };
      this.#flushes.add(done);
      // What came before it is heard before it.
      const inTurn = (): void => this.#slices.run(done);
      this.#oneWrite.flush();
      this.connection.flush().then(inTurn, inTurn);
    });

  readonly #drain = async (): Promise<void> => {
    if (!this.#dead && !this.#draining) {
      this.#draining = true;
      this.#slices.finish();
      this.#oneWrite.finish();
      this.connection.drain().catch(() => this.#abandon('closed'));
    }
    await this.closed;
  };
}

/** A bus on NATS, with the durable feed on the same connection. */
export interface NatsBusWithFeed extends Bus {
  readonly feed: Feed;
}

/** One plain connection to NATS. Raises when it cannot be had, with a reason that can be shown. */
export const connectNats = async (options: NatsOptions): Promise<NatsBusWithFeed> => {
  const connection = await openConnection(options);
  const { bus } = new NatsBus(connection, options);
  return { ...bus, feed: createJetStreamFeed(connection, bus) };
};
