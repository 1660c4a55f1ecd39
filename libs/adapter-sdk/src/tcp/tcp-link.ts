import { controlTarget, type CtiMessage } from '@cordboard/cti-protocol';
import { type Clock } from '@cordboard/kernel';
import { createBackOff } from '../link/back-off.ts';
import { MAX_TCP_RETRY_MS } from '../link/limits.ts';
import { drained } from '../link/drained.ts';
import { type BridgeLink, type BridgePeer, type LinkTo } from '../peer.ts';
import { type AdapterLogger, type AdapterMetrics } from '../ports.ts';
import { type Connection, openConnection, type TcpAddress } from './connection.ts';
import { createExchange, type Exchange } from './exchange.ts';

/** Where a link over TCP connects to, and for whom. */
export interface TcpLinkOptions extends TcpAddress {
  /** The switch's name in Cordboard. */
  readonly processor: string;
  /** Proves that this is the adapter of that switch; needed unless Cordboard is on the same machine. */
  readonly token?: string | undefined;
  readonly clock: Clock;
  readonly logger: AdapterLogger;
  readonly metrics?: AdapterMetrics | undefined;
  /** From 0 up to 1, to spread the tries of a fleet; default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** Who is refused is told nothing, lest a stranger learn from it. */
const UNWELCOME =
  'before it said anything: the token may be wrong, or another adapter may be connected as this processor; the log of the gateway tells';

interface Live {
  readonly connection: Connection;
  readonly exchange: Exchange;
  isOpen: boolean;
  /** Something came from Cordboard. */
  isHeard: boolean;
}

const silent = { count: () => undefined };

const helloOf = ({ processor, token }: TcpLinkOptions): string =>
  JSON.stringify({ header: { type: 'cti.hello' }, body: { processor, token } });

const statusOf = (processor: string, status: string): CtiMessage => ({
  header: { type: 'cti.event', name: 'cti.status', target: controlTarget(processor) },
  body: { status },
});

/** Connects, and again when the connection is lost. */
const createDialer = (options: TcpLinkOptions, peer: BridgePeer) => {
  const { clock, logger, host, port, metrics = silent, random = Math.random } = options;
  const backOff = createBackOff(random, MAX_TCP_RETRY_MS);
  let live: Live | null = null;
  let isOver = false;
  let cancelRetry = (): void => undefined;

  const lose = (why: string): void => {
    live?.exchange.end();
    live = null;
    if (isOver) return;
    const delayMs = backOff.next();
    metrics.count('connections_lost');
    logger.warn('there is no connection to Cordboard; trying again', { host, port, why, delayMs });
    cancelRetry = clock.after(delayMs, connect);
  };

  const connect = (): void => {
    const send = (message: CtiMessage): void => connection.send(JSON.stringify(message));
    const exchange = createExchange(peer, { logger, metrics, send });
    const connection = openConnection(options, clock, {
      onOpen: () => {
        mine.isOpen = true;
        connection.send(helloOf(options));
        logger.info('connected to Cordboard', { host, port });
      },
      onFrame: (frame) => {
        // Who is not welcome is closed without a word: only a connection that says something is worth anything.
        backOff.reset();
        mine.isHeard = true;
        exchange.take(frame);
      },
      onClosed: (why) => lose(mine.isOpen && !mine.isHeard ? `${why} ${UNWELCOME}` : why),
    });
    const mine: Live = { connection, exchange, isOpen: false, isHeard: false };
    live = mine;
  };

  return {
    connect,
    live: () => live,
    /** The connection that there is, is the last. */
    end: () => {
      isOver = true;
      cancelRetry();
      if (live?.isOpen === false) live.connection.destroy('stopped');
    },
  };
};

const carry = (options: TcpLinkOptions, peer: BridgePeer): BridgeLink => {
  const { clock, processor, metrics = silent } = options;
  const { connect, live, end } = createDialer(options, peer);

  peer.onEvent((event) => {
    const now = live();
    if (now?.isOpen === true) now.exchange.tell(event);
    else metrics.count('events_dropped');
  });

  return {
    start: connect,
    lost: (reason) => {
      end();
      live()?.connection.destroy(reason);
    },
    stop: async () => {
      end();
      live()?.exchange.close();
      await drained(clock, () => live()?.exchange.underWay() ?? 0);
      live()?.exchange.tell(statusOf(processor, 'STOPPED'));
      live()?.connection.end();
      await drained(clock, () => (live() === null ? 0 : 1));
      live()?.connection.destroy('stopped');
    },
    stats: () => ({
      connected: live()?.isOpen ?? false,
      sessions: live()?.exchange.sessions() ?? 0,
      eventsWaiting: live()?.connection.unsentFrames() ?? 0,
      bytesWaiting: live()?.connection.unsentBytes() ?? 0,
      questionsUnderWay: live()?.exchange.underWay() ?? 0,
    }),
  };
};

/**
 * Carries a peer over TCP (bridge A.1, A.2): connects, says `cti.hello`, then passes questions in and answers and
 * events out, in order. A lost connection is made again after 1, 2, 4 ... 30 s; a session's events go out once it
 * was created over the new one. Nothing of the peer is checked or mended.
 */
export const tcpLink =
  (options: TcpLinkOptions): LinkTo =>
  (peer) =>
    carry(options, peer);
