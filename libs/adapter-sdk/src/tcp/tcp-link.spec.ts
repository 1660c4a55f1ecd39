import { connect, createServer, type Server } from 'node:net';
import { createServer as createSafeServer } from 'node:tls';
import { answerSuccess, type CtiMessage, encodeFrame } from '@cordboard/cti-protocol';
import { eventually, type TcpDesk, tcpDesk, testAuthority, virtualClock } from '@cordboard/testing';
import { type BridgePeer, tcpLink, type TcpLinkOptions } from '../index.ts';

const S = '01890000-0000-7000-8000-000000000001';
const HELD: CtiMessage = {
  header: { type: 'cti.event', name: 'conversation.held', target: `${S}.G.H.I.V` },
  body: {},
};

/** A peer that answers at once, but for what it is told to keep; it says what it is told to. */
const scriptedPeer = () => {
  const asked: CtiMessage[] = [];
  const kept: (() => void)[] = [];
  let tell: (event: CtiMessage) => void = () => undefined;
  let keeps = false;
  const peer: BridgePeer = {
    ask: (question, answer) => {
      asked.push(question);
      const settle = (): void => answer(answerSuccess(question));
      if (keeps && question.header.name !== 'cti.query.capabilities') kept.push(settle);
      else settle();
    },
    onEvent: (listener) => (tell = listener),
  };
  return {
    ...{ peer, asked, kept },
    tell: (event: CtiMessage) => tell(event),
    keep: () => (keeps = true),
  };
};

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const linkOver = (where: Pick<TcpLinkOptions, 'host' | 'port' | 'tls'>) => {
  const clock = virtualClock();
  const counts: Record<string, number> = {};
  const logged: string[] = [];
  const log = (message: string, fields = {}): void =>
    void logged.push(`${message} ${JSON.stringify(fields)}`);
  const scripted = scriptedPeer();
  const link = tcpLink({
    ...where,
    processor: 'sim',
    token: 'a-token-of-sixteen',
    clock,
    logger: { info: log, warn: log, error: log },
    metrics: { count: (name, by = 1) => (counts[name] = (counts[name] ?? 0) + by) },
    random: () => 0.5,
  })(scripted.peer);
  ends.push(() => link.lost('the test is over'));
  link.start();
  return { ...scripted, link, clock, counts, logged };
};

const setUp = async () => {
  const desk = await tcpDesk({ processor: 'sim' });
  ends.push(desk.close);
  const house = linkOver(desk.by);
  await desk.ready();
  return { ...house, desk };
};

const open = (desk: TcpDesk) => desk.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
const status = (name: string): CtiMessage => ({
  header: { type: 'cti.event', name: 'cti.status', target: 'sim.CONTROL' },
  body: { status: name },
});

describe('a link over TCP', () => {
  it('says hello first, then passes questions in and answers out', async () => {
    const { desk, asked, link } = await setUp();
    expect(desk.hellos).toEqual([{ processor: 'sim', token: 'a-token-of-sixteen' }]);
    expect(await desk.control('cti.request.status')).toMatchObject({ result: 'SUCCESS' });
    expect(asked.map(({ header }) => header.name)).toEqual(['cti.request.status']);
    expect(link.stats()).toMatchObject({ connected: true, sessions: 0, questionsUnderWay: 0 });
  });

  it('passes events of sessions that were created over this connection, in order', async () => {
    const { desk, tell, counts, link } = await setUp();
    tell(HELD);
    tell(status('STARTED'));
    await open(desk);
    tell(HELD);
    tell({ ...HELD, header: { ...HELD.header, name: 'conversation.talking' } });
    await desk.settle();
    expect(desk.heard).toEqual([
      'event cti.status',
      'answer cti.request.createsession',
      'event conversation.held',
      'event conversation.talking',
    ]);
    expect([counts.events_unknown, link.stats().sessions]).toEqual([1, 1]);
    await desk.ask('session.request.dispose', S);
    tell(HELD);
    await desk.settle();
    expect([counts.events_unknown, link.stats().sessions]).toEqual([2, 0]);
  });

  it('refuses a question that is too large, and skips what it cannot read', async () => {
    const { desk, counts } = await setUp();
    const large = { text: 'x'.repeat(300_000) };
    expect(await desk.ask('session.query.init', S, large)).toMatchObject({
      result: 'FAILURE',
      errorMessage: 'the message is larger than 262144 bytes',
    });
    for (const text of ['{', '[]', '{"header":{}}', JSON.stringify(HELD)]) desk.sendRaw(encodeFrame(text));
    desk.sendRaw(new Uint8Array(4));
    await desk.settle();
    expect(counts.malformed).toBe(4);
  });

  it('comes back after 1, 2, 4 ... 30 s, and at once after 1 s when it had worked', async () => {
    const { desk, clock, counts, logged, link, kept, keep } = await setUp();
    await open(desk);
    keep();
    desk.askMany('session.request.logout', S);
    await eventually(() => kept.length === 1);
    for (const delayMs of [1_000, 2_000, 4_000]) {
      const before = desk.hellos.length;
      desk.drop();
      await eventually(() => !link.stats().connected);
      expect(logged.at(-1)).toContain(`"delayMs":${delayMs}`);
      clock.advance(delayMs);
      await eventually(() => desk.hellos.length > before && link.stats().connected);
    }
    kept[0]?.();
    expect(counts.answers_dropped).toBe(1);
    await desk.settle();
    expect(link.stats()).toMatchObject({ sessions: 0, questionsUnderWay: 0 });
    desk.drop();
    await eventually(() => !link.stats().connected);
    expect(logged.at(-1)).toContain('"delayMs":1000');
    expect(counts.connections_lost).toBe(4);
  });

  it('says what may be wrong when it is closed without a word, and not when it had worked', async () => {
    const desk = await tcpDesk({ processor: 'sim' });
    ends.push(desk.close);
    const { link, logged, clock } = linkOver(desk.by);
    await eventually(() => desk.hellos.length === 1);
    desk.drop();
    await eventually(() => logged.length === 2);
    expect(logged[1]).toContain('the token may be wrong');
    clock.advance(1_000);
    await eventually(() => desk.hellos.length === 2);
    await desk.settle();
    desk.drop();
    await eventually(() => !link.stats().connected);
    expect(logged.at(-1)).not.toContain('the token may be wrong');
  });

  it('gives the connection up when nothing of what it sends is taken for a minute, or 16 MiB wait', async () => {
    const { desk, clock, tell, link, logged } = await setUp();
    await open(desk);
    desk.pause();
    const large = { ...HELD, body: { text: 'x'.repeat(1_000_000) } };
    while (link.stats().bytesWaiting === 0) tell(large);
    expect(link.stats().eventsWaiting).toBeGreaterThan(0);
    clock.advance(60_000);
    await eventually(() => !link.stats().connected);
    expect(logged.at(-1)).toContain('taken nothing for a minute');
    clock.advance(2_000);
    await eventually(() => link.stats().connected);
    await open(desk);
    desk.pause();
    for (let count = 0; count < 60; count += 1) tell(large);
    await eventually(() => !link.stats().connected);
    expect(logged.at(-1)).toContain('does not take what is sent');
  });

  it('closes when a frame is announced that nobody could hold', async () => {
    const { desk, link, logged } = await setUp();
    desk.sendRaw(new Uint8Array([255, 255, 255, 255]));
    await eventually(() => !link.stats().connected);
    expect(logged.at(-1)).toContain('was announced');
  });

  it('drains: refuses what is new, waits for what is under way, says STOPPED and goes', async () => {
    const { desk, clock, kept, keep, link } = await setUp();
    await open(desk);
    keep();
    const answers = desk.askMany('session.request.logout', S);
    await eventually(() => kept.length === 1);
    const stopped = link.stop();
    expect(await desk.ask('session.query.directory', S)).toMatchObject({
      result: 'FAILURE',
      errorMessage: 'the adapter is stopping',
    });
    kept[0]?.();
    await eventually(() => {
      clock.advance(20);
      return desk.heard.at(-1) === 'event cti.status' && !link.stats().connected;
    });
    await stopped;
    expect(answers).toMatchObject([{ result: 'SUCCESS' }]);
    clock.advance(60_000);
    expect(desk.hellos).toHaveLength(1);
  });

  it('tries until somebody listens', async () => {
    const { port, close } = await listenOnce();
    await close();
    const { link, logged, clock } = linkOver({ host: '127.0.0.1', port });
    await eventually(() => logged.length === 1);
    expect(logged[0]).toContain('ECONNREFUSED');
    clock.advance(1_000);
    await eventually(() => logged.length === 2);
    expect(link.stats().connected).toBe(false);
    await link.stop();
  });
});

const listenOnce = async (): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => {
  const server = createServer();
  const port = await portOf(server);
  return { port, close: () => new Promise((resolve) => void server.close(() => resolve())) };
};

const portOf = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

const authority = await testAuthority('Example authority');
const stranger = await testAuthority('Another authority');
const own = await authority.issue('sim');
const listening = await authority.issue('localhost');

describe('a link over TLS', () => {
  /** A listener with a certificate of the authority, before a desk that knows nothing of it. */
  const safely = async (desk: TcpDesk) => {
    const names: string[] = [];
    const server = createSafeServer(
      { ...listening, ca: authority.cert, requestCert: true, rejectUnauthorized: false },
      (socket) => {
        names.push(String(socket.authorized));
        const inner = connect(desk.by);
        socket.on('error', () => inner.destroy());
        inner.on('error', () => socket.destroy());
        socket.pipe(inner).pipe(socket);
      },
    );
    server.on('tlsClientError', () => undefined);
    ends.push(() => new Promise<void>((resolve) => void server.close(() => resolve())));
    return { port: await portOf(server), names };
  };

  it.each([
    ['shows its certificate', own, 'true'],
    ['shows none', {}, 'false'],
  ])('believes who it was told to believe, and %s', async (_, shown, authorized) => {
    const desk = await tcpDesk({ processor: 'sim' });
    ends.push(desk.close);
    const { port, names } = await safely(desk);
    linkOver({ host: '127.0.0.1', port, tls: { ca: authority.cert, ...shown } });
    await desk.ready();
    expect(await open(desk)).toMatchObject({ result: 'SUCCESS' });
    expect(names).toEqual([authorized]);
  });

  it('says nothing to a stranger', async () => {
    const desk = await tcpDesk({ processor: 'sim' });
    ends.push(desk.close);
    const { port } = await safely(desk);
    const { logged } = linkOver({ host: '127.0.0.1', port, tls: { ca: stranger.cert } });
    await eventually(() => logged.length > 0);
    expect(logged[0]).toContain('trying again');
    expect(desk.hellos).toEqual([]);
  });
});
