import { type Socket } from 'node:net';
import { createFrameReader } from '@cordboard/cti-protocol';
import { type Caller } from './admission.ts';
import { type Client, type Seat } from './client.ts';
import { type GatewayPorts } from './gateway-ports.ts';
import { createIntroduction } from './introduction.ts';
import { CLOSE_BYTES } from './limits.ts';

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly caller: Caller;
  /** Turns the connection into the processor's client; null when it has one already. */
  readonly take: (seat: Seat) => Client | null;
}

type Ports = Pick<GatewayPorts, 'admission' | 'clock' | 'log' | 'count' | 'maxBytes'>;

/** A mistake of ours with the bytes of one client is the trouble of that client alone. */
const guarded =
  ({ count, log }: Ports, take: (chunk: Uint8Array) => void, close: () => void) =>
  (chunk: Uint8Array): void => {
    try {
      take(chunk);
    } catch (error) {
      count('clients_failed');
      log.error('what a client sent met a mistake of ours; it is closed', { error });
      close();
    }
  };

/** Finds out who connected, within its time, and gives what comes after to the client that it became. */
export const receive = (ports: Ports, { socket, caller, take }: ConnectionOptions): void => {
  const { log, count, maxBytes } = ports;
  const from = caller.remoteAddress;
  const read = createFrameReader({ maxBytes, closeBytes: CLOSE_BYTES });
  let client: Client | null = null;
  let reason = 'the adapter closed the connection';

  const close = (why: string): void => {
    reason = why;
    socket.destroy();
  };
  const refuse = (why: string): void => {
    count('clients_refused');
    log.warn('a client was refused', { from, why });
    close(why);
  };
  const admit = (processor: string): void => {
    client = take({ processor, socket, close });
    if (client !== null) {
      count('clients_admitted');
      return log.info('an adapter connected', { processor, from });
    }
    count('clients_second');
    log.warn('a second client of a processor was closed', { processor, from });
    socket.destroy();
  };
  const introduction = createIntroduction(ports, caller, { admit, refuse });

  const takeAll = (chunk: Uint8Array): void => {
    for (const frame of read(chunk)) {
      if (socket.destroyed) return;
      if (!introduction.take(frame)) client?.take(frame);
    }
    client?.heard(chunk.length);
  };

  socket.on(
    'data',
    guarded(ports, takeAll, () => close('a mistake in the gateway')),
  );
  socket.on('error', (error) => {
    reason = `the connection failed: ${error.message}`;
  });
  socket.on('close', () => {
    introduction.end();
    if (client === null) return;
    log.info('an adapter is gone', { processor: client.processor, from, reason });
    client.closed(reason);
  });
};
