import { type Socket } from 'node:net';
import { type Client, createClient, type Seat } from './client.ts';
import { receive } from './connection.ts';
import { type GatewayPorts } from './gateway-ports.ts';
import { createListener, type ListenerOptions } from './listener.ts';
import { createQuietLog } from './quiet-log.ts';

/** Where the gateway listens, and with which keys. */
export type GatewaySettings = Pick<ListenerOptions, 'host' | 'port' | 'tls'>;

/** The TCP side of the bridge: every adapter that connects is carried on by a link of its own. */
export interface Gateway {
  /** Listens; gives the port. Rejects when it cannot. */
  readonly start: () => Promise<number>;
  /** Takes nobody new, tells every adapter, and closes. */
  readonly stop: () => Promise<void>;
}

export const createGateway = (given: GatewayPorts, settings: GatewaySettings): Gateway => {
  const warn = createQuietLog(given.clock, given.log.warn);
  const ports: GatewayPorts = { ...given, log: { ...given.log, warn } };
  const clients = new Map<string, Client>();
  const sockets = new Set<Socket>();

  const take = (seat: Seat): Client | null => {
    const { processor, socket } = seat;
    const present = clients.get(processor);
    present?.doubt();
    if (present !== undefined) return null;
    const client = createClient(ports, seat);
    clients.set(processor, client);
    ports.connected(clients.size);
    socket.once('close', () => {
      clients.delete(processor);
      ports.connected(clients.size);
    });
    return client;
  };

  const listener = createListener({
    ...settings,
    onConnection: (socket, caller) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      receive(ports, { socket, caller, take });
    },
    onSurplus: () => {
      ports.count('clients_surplus');
      warn('a connection was closed: there are too many', {});
    },
    onHandshakeFailed: (why) => {
      ports.count('handshakes_failed');
      warn('a TLS handshake failed', { why });
    },
  });

  return {
    start: listener.open,
    stop: async () => {
      listener.close();
      await Promise.all([...clients.values()].map((client) => client.stop()));
      for (const socket of sockets) socket.destroy();
    },
  };
};
