import { createServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type Order, type Told } from './orders.ts';

// A plain Socket.IO server in a process of its own, as its documentation says: a room for each session, events sent
// to the room, connection state recovery on the in-memory adapter, WebSocket as the only transport, and no reference
// kept to the request of the handshake (its page about memory).

const RECOVERY = { maxDisconnectionDuration: 120_000, skipMiddlewares: true };
const SETTLED_MS = 500;

interface Listening {
  readonly io: Server;
  readonly http: HttpServer;
}

const listen = async (): Promise<Listening> => {
  const http = createServer();
  const io = new Server(http, { transports: ['websocket'], connectionStateRecovery: RECOVERY });
  io.engine.on('connection', (socket: { request: unknown }) => {
    socket.request = null;
  });
  io.on('connection', async (socket) => {
    const { room }: { room?: unknown } = socket.handshake.auth;
    if (!socket.recovered && typeof room === 'string') await socket.join(room);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return { io, http };
};

const memory = async (): Promise<Told> => {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { memory: { used: heapUsed + external, resident: rss } };
};

let listening: Listening | null = null;

const carryOut = async (order: Order): Promise<Told> => {
  switch (order.kind) {
    // What an adapter keeps of one wave would slow its search in the next one.
    case 'begin':
      await listening?.io.close();
      listening = await listen();
      return { port: (listening.http.address() as AddressInfo).port };
    case 'emit':
      for (const event of order.events)
        for (const room of order.rooms) listening?.io.to(room).emit('event', event);
      return {};
    case 'connected':
      return { count: listening?.io.of('/').sockets.size ?? 0 };
    case 'memory':
      return memory();
  }
};

process.on('message', (order: Order) => void carryOut(order).then((told) => process.send?.(told)));
process.on('disconnect', () => process.exit());
