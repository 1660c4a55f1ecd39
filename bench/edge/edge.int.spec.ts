import { io, type Socket } from 'socket.io-client';
import { openMembers, openReturning } from './socket-io/clients.ts';
import { type SocketIoServer, startSocketIo } from './socket-io/server-process.ts';

const connected = (client: Socket): Promise<void> =>
  new Promise((resolve) => client.once('connect', resolve));

describe('the Socket.IO server of the edge bench', () => {
  let server: SocketIoServer;
  beforeAll(() => (server = startSocketIo()));
  afterAll(() => server.stop());

  const missed = [{ sequence: 2 }, { sequence: 3 }];

  it('recovers the client of its own authors', async () => {
    const port = await server.begin();
    const client = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      auth: { room: 'a' },
      reconnection: false,
    });
    const heard: unknown[] = [];
    client.on('event', (event: unknown) => heard.push(event));
    await connected(client);
    expect(client.recovered).toBe(false);
    await server.emit(['a'], [{ sequence: 1 }]);
    await server.connected(1);
    client.io.engine.close();
    await server.connected(0);
    await server.emit(['a', 'b'], missed);
    client.connect();
    await connected(client);
    expect(client.recovered).toBe(true);
    expect(heard).toEqual([{ sequence: 1 }, ...missed]);
    client.disconnect();
  });

  it('recovers bare clients the same way, and none that it does not know', async () => {
    const port = await server.begin();
    const members = await openMembers(port, ['a', 'b']);
    const [places] = await Promise.all([members.places(), server.emit(['a', 'b'], [{ sequence: 1 }])]);
    await members.leave();
    await server.connected(0);
    await server.emit(['a', 'b'], missed);
    const back = await openReturning(port, places, { cursor: 1, last: 3 });
    await back.catchUp();
    await back.close();
    const strangers = await openReturning(await server.begin(), places, { cursor: 1, last: 3 });
    await expect(strangers.catchUp()).rejects.toThrow('not recovered');
    await strangers.close();
  });
});
