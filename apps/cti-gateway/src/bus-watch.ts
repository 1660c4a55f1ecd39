import { type Bus } from '@cordboard/bus';
import { type Clock } from '@cordboard/kernel';
import { type Logger } from '@cordboard/runtime';
import { HEADER_ROOM_BYTES, NATS_AGAIN_MS } from './limits.ts';

/** The gateway's own connection to NATS; every adapter has another one of its own. */
export interface BusWatch {
  /** Connects; rejects when it cannot, or when the server takes smaller messages than the gateway promises. */
  readonly start: () => Promise<void>;
  /** Throws while there is no connection. */
  readonly check: () => void;
  readonly stop: () => Promise<void>;
}

export interface BusWatchOptions {
  readonly connect: () => Promise<Bus>;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly maxBytes: number;
}

/** Throws when NATS would refuse the largest message that an adapter may send. */
const checkSize = ({ maxPayloadBytes }: Bus, maxBytes: number): void => {
  const most = maxPayloadBytes - HEADER_ROOM_BYTES;
  if (maxBytes <= most) return;
  throw new Error(
    `CORDBOARD_CTI_MAX_BYTES is ${maxBytes}, but the NATS server takes ${maxPayloadBytes} bytes a message, headers included; set it to ${most} or less, or raise max_payload of the server`,
  );
};

export const createBusWatch = ({ connect, clock, logger, maxBytes }: BusWatchOptions): BusWatch => {
  let bus: Bus | null = null;
  let stopped = false;
  let cancel = (): void => undefined;

  const take = (connected: Bus): void => {
    bus = connected;
    void connected.closed.then((why) => {
      bus = null;
      if (stopped) return;
      logger.warn('the connection to NATS is lost; trying again', { why });
      again();
    });
  };
  const again = (): void => {
    cancel = clock.after(NATS_AGAIN_MS, () => {
      connect().then((connected) => {
        logger.info('connected to NATS again');
        take(connected);
        if (stopped) void connected.drain();
      }, again);
    });
  };

  return {
    start: async () => {
      const connected = await connect();
      take(connected);
      checkSize(connected, maxBytes);
    },
    check: () => {
      if (bus === null) throw new Error('there is no connection to NATS');
    },
    stop: async () => {
      stopped = true;
      cancel();
      await bus?.drain();
    },
  };
};
