import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { eventually } from './eventually.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';

/** A server that says back what it hears, in capitals, and what it heard. */
let server: Server;
let seen: { heard: string; ended: number };
let proxy: TcpProxy;
const clients: Socket[] = [];

beforeEach(async () => {
  const mine = { heard: '', ended: 0 };
  seen = mine;
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => (mine.ended += 1));
    socket.on('data', (chunk) => {
      mine.heard += chunk.toString();
      socket.write(chunk.toString().toUpperCase());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await tcpProxy((server.address() as AddressInfo).port);
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  server.close();
  await once(server, 'close');
});

interface Caller {
  readonly socket: Socket;
  readonly said: () => string;
  readonly closed: () => boolean;
}

const call = (): Caller => {
  const socket = connect({ port: proxy.port, host: '127.0.0.1' });
  clients.push(socket);
  let said = '';
  let closed = false;
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => (said += chunk.toString()));
  socket.on('close', () => (closed = true));
  return { socket, said: () => said, closed: () => closed };
};

const saidHello = async (): Promise<Caller> => {
  const caller = call();
  caller.socket.write('hello ');
  await eventually(() => caller.said() === 'HELLO ');
  return caller;
};

it('hands on both ways, counts, and hands on the end', async () => {
  const { socket, closed } = await saidHello();
  expect(proxy.bytes).toEqual({ toServer: 6, toClient: 6 });
  expect(proxy.connections).toBe(1);
  socket.end();
  await eventually(() => closed() && seen.ended === 1 && proxy.connections === 0);
});

it('cuts what is answered: the request goes through, the answer never comes, the line ends when it heals', async () => {
  const { socket, said, closed } = await saidHello();
  proxy.cut('toClient');
  socket.write('lost');
  await eventually(() => seen.heard === 'hello lost');
  await eventually(() => proxy.bytes.toServer === 10);
  proxy.heal();
  await eventually(() => closed() && seen.ended === 1);
  expect(said()).toBe('HELLO ');
  await saidHello();
});

it('cuts what is asked: neither words nor the end of a connection arrive', async () => {
  const { socket } = await saidHello();
  proxy.cut('toServer');
  socket.end('lost');
  const other = call();
  await once(other.socket, 'connect');
  expect([seen.heard, seen.ended]).toEqual(['hello ', 0]);
  proxy.heal();
  await eventually(() => seen.ended >= 1);
  expect(seen.heard).toBe('hello ');
});

it.each(['toServer', 'toClient'] as const)(
  'stalls %s and hands everything on later, in order',
  async (way) => {
    const { socket, said } = await saidHello();
    proxy.stall(way);
    socket.write('one ');
    socket.write('two ');
    await new Promise((resolve) => setImmediate(resolve));
    expect(said()).toBe('HELLO ');
    proxy.heal();
    await eventually(() => said() === 'HELLO ONE TWO ');
  },
);

it('delays, and keeps the order', async () => {
  const { socket, said } = await saidHello();
  proxy.delay(30, 'toServer');
  socket.write('one ');
  proxy.delay(0);
  socket.write('two ');
  await eventually(() => said() === 'HELLO ONE TWO ');
});

it('severs every connection and refuses new ones until told otherwise', async () => {
  const [first, second] = [await saidHello(), await saidHello()];
  proxy.refuse(true);
  proxy.sever();
  await eventually(() => first.closed() && second.closed() && seen.ended === 2);
  const refused = call();
  await eventually(refused.closed);
  proxy.refuse(false);
  await saidHello();
});

it('carries more than any buffer holds to a reader that is slow', async () => {
  const { socket, said } = await saidHello();
  socket.pause();
  const text = 'x'.repeat(8 * 1024 * 1024);
  socket.write(text);
  await eventually(() => seen.heard.length > 1_000_000);
  socket.resume();
  await eventually(() => said().length === 6 + text.length, { timeoutMs: 20_000 });
});
