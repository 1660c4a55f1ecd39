import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { connectNats, subjects } from '@cordboard/bus';
import { Client } from 'pg';
import { WebSocket, WebSocketServer } from 'ws';

/** The three hops of a command with nothing of ours in them; each task is one of them, there and back. */
export interface Floors {
  readonly tasks: Readonly<
    Record<'WebSocket echo' | 'NATS request' | 'Postgres insert', () => Promise<unknown>>
  >;
  readonly close: () => Promise<void>;
}

const BODY = JSON.stringify({ command: 'conversation.request.hold', filler: 'x'.repeat(200) });
/** Nobody of the stack listens there. */
const SUBJECT = subjects.ctiHello('bench', 'echo');

const webSocketEcho = async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => socket.on('message', (data: Buffer) => socket.send(data)));
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(socket, 'open');
  return {
    ask: () => {
      const answered = once(socket, 'message');
      socket.send(BODY);
      return answered;
    },
    close: async () => {
      socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const natsRequest = async (url: string) => {
  const [asking, answering] = await Promise.all([
    connectNats({ url, name: 'bench-asking' }),
    connectNats({ url, name: 'bench-answering' }),
  ]);
  answering.subscribe(SUBJECT, (message) => message.reply?.(message.body));
  await answering.flush();
  return {
    ask: () => asking.request(SUBJECT, BODY, { timeoutMs: 5_000 }),
    close: async () => {
      await Promise.all([asking.drain(), answering.drain()]);
    },
  };
};

const postgresInsert = async (url: string) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS bench_floor (id bigserial PRIMARY KEY, data jsonb)');
  return {
    ask: () =>
      client.query({ name: 'insert', text: 'INSERT INTO bench_floor (data) VALUES ($1)', values: [BODY] }),
    close: () => client.end(),
  };
};

/** Connects to the servers that the stack uses, so that the machine and its load are the same. */
export const openFloors = async (natsUrl: string, databaseUrl: string): Promise<Floors> => {
  const [socket, nats, database] = await Promise.all([
    webSocketEcho(),
    natsRequest(natsUrl),
    postgresInsert(databaseUrl),
  ]);
  return {
    tasks: { 'WebSocket echo': socket.ask, 'NATS request': nats.ask, 'Postgres insert': database.ask },
    close: async () => {
      await Promise.all([socket.close(), nats.close(), database.close()]);
    },
  };
};
