import { type Bus } from '@cordboard/bus';
import { createBackOff } from '../link/back-off.ts';
import { MAX_NATS_RETRY_MS } from '../link/limits.ts';
import { type LinkTo } from '../peer.ts';
import { type BusSource } from './bus-source.ts';
import { type NatsLinkOptions } from './link-context.ts';
import { linkOver } from './nats-link.ts';

/** A link that makes its connections itself. */
export interface ReconnectingOptions extends NatsLinkOptions {
  /** Makes a connection; it may raise. */
  readonly connect: () => Promise<Bus>;
  /** From 0 up to 1, to spread the tries of a fleet; default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

const createConnector = (
  { connect, random = Math.random, clock, logger, metrics }: ReconnectingOptions,
  attach: (bus: Bus) => void,
) => {
  const backOff = createBackOff(random, MAX_NATS_RETRY_MS);
  let isOver = false;
  let cancel = (): void => undefined;

  const again = (why: string): void => {
    if (isOver) return;
    const delayMs = backOff.next();
    metrics?.count('connections_lost');
    logger.warn('there is no connection to NATS; trying again', { why, delayMs });
    cancel = clock.after(delayMs, begin);
  };
  const keep = (bus: Bus): void => {
    if (isOver) return void bus.drain();
    backOff.reset();
    void bus.closed.then(again);
    attach(bus);
  };
  const begin = (): void => {
    connect().then(keep, (error: unknown) => again(error instanceof Error ? error.message : String(error)));
  };
  return {
    begin,
    end: () => {
      isOver = true;
      cancel();
    },
  };
};

/** One connection after the other. */
const reconnectingBus = (options: ReconnectingOptions): BusSource => {
  let current: Bus | null = null;
  let onBus: (bus: Bus) => void = () => undefined;
  const waiting = new Set<() => void>();
  const connector = createConnector(options, (bus) => {
    current = bus;
    void bus.closed.then(() => (current = null));
    onBus(bus);
    for (const wake of [...waiting]) wake();
  });

  return {
    start: (heard) => {
      onBus = heard;
      connector.begin();
    },
    current: () => current,
    other: (than, signal) =>
      new Promise((resolve) => {
        if ((current !== null && current !== than) || signal.aborted) return resolve();
        const wake = (): void => {
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      }),
    end: async () => {
      connector.end();
      await current?.drain();
    },
  };
};

/**
 * As `natsLink`, but it makes its connection itself, and makes another when that is lost: after 1, 2, 4, 5, 5 ... s.
 * Incarnation and numbering go on, what waits stays; the engine compares the sessions when it hears of it again.
 */
export const reconnectingNatsLink = (options: ReconnectingOptions): LinkTo =>
  linkOver(() => reconnectingBus(options), options);
