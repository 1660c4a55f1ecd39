import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { type ObjectEvent, type Response } from '@cordboard/agent-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { eventually, type VirtualClock, virtualClock } from '@cordboard/testing';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Client } from './client.ts';
import { connect } from './connect.ts';
import { type ConnectOptions } from './options.ts';
import { type ConnectionStatus } from './status.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';

interface Asked extends JsonObject {
  readonly command: string;
  readonly requestId: string;
}

const until = (assert: () => void): Promise<true> =>
  eventually(() => {
    assert();
    return true as const;
  });

const frame = (sequence: number, previous: number | null, name = 'state.updated'): ObjectEvent => ({
  messageType: 'objectEvent',
  target: S,
  name,
  data: {},
  sequence,
  previous,
  at: '2026-01-01T00:00:00.000Z',
});

const success = ({ command, requestId }: Asked, data?: JsonObject): string =>
  JSON.stringify({
    command,
    requestId,
    target: S,
    result: 'success',
    ...(data === undefined ? {} : { data }),
  });

const failure = ({ command, requestId }: Asked, code: string): string =>
  JSON.stringify({ command, requestId, result: 'failure', failure: { code, message: code }, original: {} });

/** A server on real sockets that keeps what it was asked and answers by script. */
const startServer = async () => {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => {
      protocols.push([...offered]);
      return 'cordboard.v1';
    },
  });
  await once(server, 'listening');
  const protocols: string[][] = [];
  const sockets: WebSocket[] = [];
  const asked: Asked[] = [];
  const scripted = {
    server,
    protocols,
    sockets,
    asked,
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/agent`,
    /** The socket accepted last. */
    get socket(): WebSocket {
      return sockets.at(-1) as WebSocket;
    },
    onAsked: (socket: WebSocket, request: Asked): void => socket.send(success(request)),
    onBind: (socket: WebSocket, request: Asked): void => {
      const { afterSequence } = request['data'] as JsonObject;
      const resumed = { mode: 'resumed', sequence: afterSequence ?? 0, started: true };
      const reset = { mode: 'reset', sequence: 0, started: false, snapshot: { sequence: 0, events: [] } };
      socket.send(success(request, afterSequence === undefined ? reset : resumed));
    },
    of: (command: string) => asked.filter((request) => request.command === command),
    stop: () => {
      for (const socket of sockets) socket.terminate();
      return new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('message', (data: Buffer) => {
      const request = JSON.parse(data.toString()) as Asked;
      asked.push(request);
      if (request.command === 'bindSession') scripted.onBind(socket, request);
      else scripted.onAsked(socket, request);
    });
  });
  return scripted;
};

describe('connect', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let clock: VirtualClock;
  let client: Client;
  let statuses: ConnectionStatus[];
  let told: number[];

  beforeEach(async () => {
    server = await startServer();
    clock = virtualClock();
    statuses = [];
    told = [];
  });

  afterEach(async () => {
    client.close();
    await server.stop();
    expect(clock.waiting()).toBe(0);
  });

  const start = async (options: Partial<ConnectOptions> = {}): Promise<Client> => {
    client = await connect({
      url: server.url,
      token: async () => 'a.b.c',
      clientId: 'tab-1',
      clock,
      random: () => 0,
      ...options,
    });
    client.onStatus((status) => void statuses.push(status));
    client.on('*', ({ sequence }) => void told.push(sequence));
    return client;
  };
  const startBound = async (options: Partial<ConnectOptions> = {}): Promise<Client> => {
    await start(options);
    expect((await client.bind(S)).result).toBe('success');
    return client;
  };
  /** Loses the line and lets the client come back. */
  const comeBack = async (lose: () => void = () => server.socket.terminate()): Promise<void> => {
    const connections = server.sockets.length;
    lose();
    await until(() => expect(statuses.at(-1)?.kind).toBe('waiting'));
    clock.advance(20_000);
    await until(() => expect(server.sockets.length).toBe(connections + 1));
  };
  const ended = (): Promise<ConnectionStatus> =>
    eventually(() => statuses.find((status) => status.kind === 'ended') ?? null);

  it('speaks the protocol with its token, and answers requests by their ids', async () => {
    await start();
    expect(server.protocols).toEqual([['cordboard.v1', 'bearer.a.b.c']]);
    server.onAsked = (socket, request) => {
      if (request.command === 'session.start') return;
      const first = server.of('session.start')[0];
      socket.send(success(request, { order: 'second' }));
      if (first !== undefined) socket.send(success(first, { order: 'first' }));
    };
    const [first, second] = await Promise.all([
      client.commands.start(S),
      client.request('session.request.logout', S),
    ]);
    expect(first).toMatchObject({ command: 'session.start', data: { order: 'first' } });
    expect(second).toMatchObject({ data: { order: 'second' } });
  });

  it('lets whoever awaits a response go on before the events behind it', async () => {
    await startBound();
    server.onAsked = (socket, request) => {
      socket.send(success(request));
      socket.send(JSON.stringify(frame(1, null)));
    };
    await client.commands.ready(`${S}.C`);
    expect(told).toEqual([]);
    await until(() => expect(told).toEqual([1]));
  });

  it('gives a confirm to whoever prepares', async () => {
    await start();
    server.onAsked = (socket, { command, requestId }) =>
      socket.send(
        JSON.stringify({
          command,
          requestId,
          result: 'confirm',
          message: '?',
          data: { session: { id: S } },
          original: {},
        }),
      );
    const response: Response = await client.prepare({ agent: { id: '1001', password: 'demo' } });
    expect(response).toMatchObject({ result: 'confirm', data: { session: { id: S } } });
    expect(server.asked[0]?.['data']).toEqual({
      model: '',
      override: false,
      processor: '',
      agent: { id: '1001', password: 'demo' },
    });
  });

  it('builds its model from the snapshot and follows the events under their newest names', async () => {
    await start();
    const created = {
      target: S,
      name: 'channelgroup.created',
      data: { channelgroup: { id: 'G', name: 'Team' } },
    };
    server.onBind = (socket, request) => {
      const snapshot = { sequence: 4, events: [created] };
      socket.send(success(request, { mode: 'reset', sequence: 4, started: true, snapshot }));
      socket.send(JSON.stringify({ ...frame(6, 4), target: `${S}.G`, data: { state: 'EMPTY' } }));
    };
    const resets: string[] = [];
    client.onReset((model) => resets.push(...Object.keys(model.objects)));
    await client.bind(S);
    await until(() => expect(told).toEqual([6]));
    expect(resets).toEqual([`${S}.G`]);
    expect(client.model.objects[`${S}.G`]).toMatchObject({ state: 'EMPTY', about: { name: 'Team' } });
    server.socket.send(JSON.stringify({ ...frame(7, 6, 'channelgruop.disposed'), target: `${S}.G` }));
    await until(() => expect(client.model.objects).toEqual({}));
  });

  it('comes back where it stopped and tells nothing twice', async () => {
    await startBound();
    server.socket.send(JSON.stringify(frame(3, null)));
    await until(() => expect(told).toEqual([3]));
    server.onBind = (socket, request) => {
      socket.send(success(request, { mode: 'resumed', sequence: 5, started: true }));
      for (const event of [frame(3, null), frame(5, 3), frame(5, 3), frame(8, 5)]) {
        socket.send(JSON.stringify(event));
      }
    };
    await comeBack();
    await until(() => expect(told).toEqual([3, 5, 8]));
    expect(server.of('bindSession')[1]?.['data']).toEqual({
      client: 'tab-1',
      takeover: false,
      afterSequence: 3,
    });
    expect(statuses.at(-1)).toEqual({ kind: 'bound', session: S, mode: 'resumed' });
  });

  it('repeats unanswered commands under their ids, in order, once it is bound again', async () => {
    await startBound();
    server.onAsked = () => undefined;
    const answers = [
      client.commands.ready(`${S}.C`),
      client.commands.dial(`${S}.C`, { destination: '5550100' }),
    ];
    await until(() => expect(server.asked).toHaveLength(3));
    const ids = server.asked.slice(1).map(({ requestId }) => requestId);
    server.onAsked = (socket, request) => socket.send(success(request));
    await comeBack();
    expect((await Promise.all(answers)).map(({ result }) => result)).toEqual(['success', 'success']);
    expect(server.asked.slice(3).map(({ command }) => command)).toEqual([
      'bindSession',
      'channel.request.ready',
      'channel.request.dial',
    ]);
    expect(server.asked.slice(4).map(({ requestId }) => requestId)).toEqual(ids);
  });

  it('answers what it cannot repeat with a failure', async () => {
    await start();
    server.onAsked = () => undefined;
    const response = client.prepare({ agent: { id: '1001', password: 'demo' } });
    await until(() => expect(server.asked).toHaveLength(1));
    await comeBack();
    expect(await response).toMatchObject({ result: 'failure', failure: { code: 'SERVICE_UNAVAILABLE' } });
    expect(JSON.stringify(await response)).not.toContain('"demo"');
    expect(server.asked).toHaveLength(1);
  });

  it('resumes when an event is missing, and when a heartbeat tells of one twice', async () => {
    await startBound();
    await comeBack(() => server.socket.send(JSON.stringify(frame(9, 7))));
    await until(() => expect(statuses.at(-1)?.kind).toBe('bound'));
    const heartbeat = JSON.stringify({ messageType: 'heartbeat', target: S, sequence: 4 });
    await comeBack(() => {
      server.socket.send(heartbeat);
      server.socket.send(heartbeat);
    });
    await until(() => expect(server.of('bindSession')).toHaveLength(3));
    expect(told).toEqual([]);
  });

  it('resumes when the server falls silent', async () => {
    await startBound();
    await comeBack(() => clock.advance(45_000));
    await until(() => expect(server.of('bindSession')).toHaveLength(2));
  });

  describe('with several edges', () => {
    const waits = (): readonly (number | string)[] =>
      statuses.map((status) => (status.kind === 'waiting' ? status.retryInMs : status.kind));

    it('goes to the next one in turn, waiting longer with each round', async () => {
      const other = await startServer();
      await startBound({ url: [server.url, 'ws://127.0.0.1:1/agent', 'no address', other.url] });
      server.onAsked = () => undefined;
      const answer = client.commands.ready(`${S}.C`);
      await until(() => expect(server.of('channel.request.ready')).toHaveLength(1));
      await server.stop();
      await until(() => {
        clock.advance(100);
        expect(statuses.at(-1)).toMatchObject({ kind: 'bound', mode: 'resumed' });
      });
      expect((await answer).result).toBe('success');
      const [again] = other.of('channel.request.ready');
      expect(again?.requestId).toBe(server.of('channel.request.ready')[0]?.requestId);
      expect(waits().filter((wait) => wait === 100)).toHaveLength(3);
      await other.stop();
      await until(() => {
        clock.advance(100);
        expect(waits()).toContain(400);
      });
    });

    it('goes at once from one that stops, and not in a hurry between those that all do', async () => {
      const other = await startServer();
      await startBound({ url: [server.url, other.url] });
      server.socket.close(1001, 'stopping');
      await until(() => expect(waits().at(-1)).toBe(0));
      clock.advance(0);
      await until(() => expect(other.of('bindSession')).toHaveLength(1));
      other.socket.close(1001, 'stopping');
      await until(() => expect(waits().at(-1)).toBe(100));
      await other.stop();
    });

    it('begins with any of them, and wants at least one', async () => {
      const other = await startServer();
      await start({ url: [server.url, other.url], random: () => 0.9 });
      expect([server.sockets.length, other.sockets.length]).toEqual([0, 1]);
      await other.stop();
      await expect(connect({ url: [], token: async () => 'a.b.c' })).rejects.toThrow('url is an empty list');
    });
  });

  it.each([
    ['another client took the session over', 4001, 'taken-over'],
    ['the session was replaced', 4409, 'session-ended'],
    ['the session has ended', 1000, 'session-ended'],
    ['it may not be there', 4403, 'refused'],
  ])('stays away when %s', async (_case, code, reason) => {
    await startBound();
    server.onAsked = () => undefined;
    const waiting = client.commands.logout(S);
    await until(() => expect(server.of('session.request.logout')).toHaveLength(1));
    server.socket.close(code);
    expect(await ended()).toMatchObject({ kind: 'ended', reason });
    expect(await waiting).toMatchObject({ result: 'failure' });
  });

  it.each([
    ['SESSION_BOUND', 'taken-over'],
    ['SESSION_CLOSED', 'session-ended'],
    ['FORBIDDEN', 'refused'],
  ])('stays away when the session cannot be bound again: %s', async (code, reason) => {
    await startBound();
    server.onBind = (socket, request) => socket.send(failure(request, code));
    await comeBack();
    expect(await ended()).toMatchObject({ reason });
  });

  it('tries again when the session cannot be bound right now', async () => {
    await startBound();
    const { onBind } = server;
    server.onBind = (socket, request) => socket.send(failure(request, 'SERVICE_UNAVAILABLE'));
    await comeBack();
    await until(() => expect(statuses.at(-1)?.kind).toBe('waiting'));
    server.onBind = onBind;
    clock.advance(20_000);
    await until(() => expect(statuses.at(-1)?.kind).toBe('bound'));
  });

  const jwt = (endsAt: number) =>
    `e30.${Buffer.from(JSON.stringify({ exp: endsAt / 1000 })).toString('base64url')}.x`;

  it('renews its token before it ends', async () => {
    const tokens = [jwt(clock.now() + 600_000), jwt(clock.now() + 1_200_000)];
    await start({ token: async () => tokens.shift() ?? '' });
    const second = tokens[0];
    clock.advance(540_000);
    await until(() => expect(server.of('renewToken')).toHaveLength(1));
    expect(server.asked[0]?.['data']).toEqual({ token: second });
  });

  it('comes back after its token ended with another one only', async () => {
    const tokens = ['a.b.c', 'd.e.f'];
    await start({ token: async () => tokens.shift() ?? 'd.e.f' });
    await comeBack(() => server.socket.close(4401));
    expect(server.protocols[1]).toEqual(['cordboard.v1', 'bearer.d.e.f']);
    server.socket.close(4401);
    await until(() => expect(statuses.at(-1)?.kind).toBe('waiting'));
    clock.advance(20_000);
    expect(await ended()).toMatchObject({ reason: 'token-ended' });
  });

  it('bounds what waits, in number and in time', async () => {
    await start();
    server.onAsked = () => undefined;
    const answers = Array.from({ length: 65 }, () => client.commands.logout(S));
    expect(await answers[64]).toMatchObject({ failure: { code: 'TOO_MANY_REQUESTS' } });
    clock.advance(160_000);
    expect(await answers[0]).toMatchObject({ failure: { code: 'SERVICE_UNAVAILABLE' } });
  });

  it('ignores frames that it does not know', async () => {
    await startBound();
    for (const text of ['nonsense', '[]', '{"messageType":"weather"}', '{"messageType":"objectEvent"}']) {
      server.socket.send(text);
    }
    server.socket.send(Buffer.from([1, 2]));
    server.socket.send(JSON.stringify(frame(1, null)));
    await until(() => expect(told).toEqual([1]));
  });

  it('hears that it lost the session, outside the order of events', async () => {
    await startBound();
    const heard: string[] = [];
    client.on('session.unbound', ({ name }) => void heard.push(name));
    server.socket.send(JSON.stringify(frame(0, 0, 'session.unbound')));
    await until(() => expect(heard).toEqual(['session.unbound']));
  });

  it('takes what passes beside the stream without moving its cursor', async () => {
    await startBound();
    const books = { addressbooks: [{ name: 'Team', groups: [], entries: [] }] };
    const passing = { ...frame(3, 3, 'session.incontact.addressbook.updated'), data: books };
    for (const event of [frame(3, null), passing, passing, frame(5, 3)]) {
      server.socket.send(JSON.stringify(event));
    }
    await until(() => expect(told).toEqual([3, 3, 3, 5]));
    expect(client.model.addressBooks).toEqual(books.addressbooks);
  });

  it('gives the question of a dial to whoever dialled', async () => {
    await startBound();
    const uiExtension = { id: 'inContact.outboundskill', skills: [{ id: '12', skillName: 'Sales' }] };
    server.onAsked = (socket, { command, requestId, ...original }) =>
      socket.send(JSON.stringify({ command, requestId, result: 'needinfo', uiExtension, original }));
    const response = await client.commands.dial(`${S}.C`, { destination: '+12025550105' });
    const skills = response.result === 'needinfo' ? response.uiExtension.skills : [];
    expect(skills).toEqual(uiExtension.skills);
  });

  it('rejects when no connection comes about', async () => {
    await start();
    const refused = connect({
      url: 'ws://127.0.0.1:1/agent',
      token: async () => 'a.b.c',
      clock,
      random: () => 0,
    }).catch((error: unknown) => String(error));
    await until(() => expect(clock.waiting()).toBeGreaterThan(1));
    clock.advance(10_000);
    expect(await refused).toContain('could not connect');
  });
});
