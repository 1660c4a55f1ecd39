import { type BridgePeer, type LinkStats } from '@cordboard/adapter-sdk';
import { answerSuccess, type CtiMessage, encodeFrame } from '@cordboard/cti-protocol';
import {
  eventually,
  type FrameClient,
  frameClient,
  type FrameClientOptions,
  sequentialIds,
  virtualClock,
} from '@cordboard/testing';
import fc from 'fast-check';
import { type AdmissionOptions, createAdmission } from './admission.ts';
import { createGateway, type GatewaySettings } from './gateway.ts';
import { type GatewayCounter } from './gateway-ports.ts';
import {
  CLOSE_BYTES,
  CLOSING_MS,
  FAREWELL_MS,
  HELLO_MS,
  MAX_CONNECTIONS,
  PAUSE_MS,
  RIVAL_MS,
  SILENCE_MS,
  STRANGER_MS,
} from './limits.ts';

const TOKEN = 'a-token-of-acme-42';

/** What a client's link was told, and what it says of itself. */
interface StubLink {
  readonly processor: string;
  readonly peer: BridgePeer;
  readonly events: CtiMessage[];
  readonly told: string[];
  stats: LinkStats;
}

const IDLE: LinkStats = {
  connected: true,
  sessions: 0,
  eventsWaiting: 0,
  bytesWaiting: 0,
  questionsUnderWay: 0,
};
const open: { readonly stop: () => Promise<void> }[] = [];
const clients: FrameClient[] = [];

const setUp = async (admission: Partial<AdmissionOptions> = {}, settings: Partial<GatewaySettings> = {}) => {
  const clock = virtualClock();
  const links: StubLink[] = [];
  const counted: GatewayCounter[] = [];
  const connected: number[] = [];
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const gateway = createGateway(
    {
      admission: createAdmission({ processor: 'tcp', tokens: new Map([['acme', TOKEN]]), ...admission }),
      linkTo: (processor) => (peer) => {
        const link: StubLink = { processor, peer, events: [], told: [], stats: IDLE };
        peer.onEvent((event) => void link.events.push(event));
        links.push(link);
        return {
          start: () => void link.told.push('start'),
          lost: (reason) => void link.told.push(`lost: ${reason}`),
          stop: async () => void link.told.push('stop'),
          stats: () => link.stats,
        };
      },
      clock,
      newId: sequentialIds().next,
      log: quiet,
      count: (name) => void counted.push(name),
      connected: (now) => void connected.push(now),
      maxBytes: 524_288,
    },
    { host: '127.0.0.1', port: 0, ...settings },
  );
  const port = await gateway.start();
  open.push(gateway);
  const enter = (options: FrameClientOptions = {}): FrameClient => {
    const client = frameClient(port, options);
    clients.push(client);
    return client;
  };
  const hello = (processor: string, token?: string): FrameClient => {
    const client = enter();
    client.say({ header: { type: 'cti.hello' }, body: { processor, token } });
    return client;
  };
  const linkOf = (processor: string): Promise<StubLink> =>
    eventually(() => links.findLast((link) => link.processor === processor));
  return { clock, links, counted, connected, gateway, port, enter, hello, linkOf };
};

afterEach(async () => {
  for (const client of clients.splice(0)) {
    client.close();
    await client.closed;
  }
  await Promise.all(open.splice(0).map((gateway) => gateway.stop()));
});

const event = (name = 'channel.activated') => ({
  header: { type: 'cti.event', name, target: 's.g.c' },
  body: {},
});

describe('who comes in', () => {
  it('a client of this machine that says nothing is who the gateway says', async () => {
    const { clock, enter, linkOf, counted, links } = await setUp();
    enter();
    await eventually(() => clock.waiting() === 1);
    clock.advance(HELLO_MS - 1);
    expect(links).toEqual([]);
    clock.advance(1);
    expect((await linkOf('tcp')).told).toEqual(['start']);
    expect(counted).toEqual(['clients_admitted']);
  });

  it('a first message that is no hello is not lost', async () => {
    const { enter, linkOf } = await setUp();
    const client = enter();
    client.say(event());
    client.say(event('channel.deactivated'));
    const { events } = await linkOf('tcp');
    await eventually(() => events.length === 2);
    expect(events).toEqual([event(), event('channel.deactivated')]);
  });

  it('a first frame that is too large is skipped, and no reason to stay outside', async () => {
    const { enter, linkOf, counted } = await setUp();
    const client = enter();
    client.sayText('x'.repeat(600_000));
    client.say(event());
    const { events } = await linkOf('tcp');
    await eventually(() => events.length === 1);
    expect(counted).toEqual(['clients_admitted', 'messages_oversized']);
  });

  it('a client with its token, whatever else is in the same segment', async () => {
    const { hello, linkOf, counted } = await setUp();
    const client = hello('acme', TOKEN);
    client.say(event());
    const { events } = await linkOf('acme');
    await eventually(() => events.length === 1);
    expect(counted).toEqual(['clients_admitted']);
  });

  it.each([
    ['a wrong token', 'acme', 'a-token-of-acme-43'],
    ['no token', 'acme', undefined],
    ['the name of another processor', 'other', undefined],
    ['a name that is none', 'a.b', TOKEN],
  ])('nobody with %s, and nothing that it sends is read', async (_what, processor, token) => {
    const { hello, links, counted } = await setUp();
    const client = hello(processor, token);
    client.say(event());
    await client.closed;
    expect([links, counted, client.heard]).toEqual([[], ['clients_refused'], []]);
  });

  it('a client that has to say who it is does not have for ever', async () => {
    const { clock, enter, counted } = await setUp({ tokens: new Map([['tcp', TOKEN]]) });
    const client = enter();
    await eventually(() => clock.waiting() === 1);
    clock.advance(STRANGER_MS);
    await client.closed;
    expect(counted).toEqual(['clients_refused']);
  });

  it.each([
    [
      'of another processor closes it, to come again',
      'acme',
      TOKEN,
      ['clients_admitted', 'clients_refused'],
      2,
    ],
    ['of the processor that it is taken for says nothing new', 'tcp', undefined, ['clients_admitted'], 1],
  ])('a hello that comes too late %s', async (_what, processor, token, counts, told) => {
    const { clock, enter, linkOf, counted } = await setUp();
    const client = enter();
    await eventually(() => clock.waiting() === 1);
    clock.advance(HELLO_MS);
    const link = await linkOf('tcp');
    client.say({ header: { type: 'cti.hello' }, body: { processor, token } });
    client.say(event());
    if (told === 2) await client.closed;
    await eventually(() => link.told.length === told && link.events.length === 2 - told);
    expect(counted).toEqual(counts);
  });

  it('a second client of a processor is closed; the first one stays', async () => {
    const { hello, linkOf, counted, connected, links } = await setUp();
    const first = hello('acme', TOKEN);
    const { events, told } = await linkOf('acme');
    const second = hello('acme', TOKEN);
    await second.closed;
    first.say(event());
    await eventually(() => events.length === 1);
    expect([links.length, told, counted, connected]).toEqual([
      1,
      ['start'],
      ['clients_admitted', 'clients_second'],
      [1],
    ]);
  });

  it('a client that is gone without a word leaves its place to the one that knocks', async () => {
    const { hello, linkOf, links, clock, counted } = await setUp();
    const first = hello('acme', TOKEN);
    const { told } = await linkOf('acme');
    await hello('acme', TOKEN).closed;
    clock.advance(RIVAL_MS);
    await first.closed;
    await eventually(() => told.length === 2);
    hello('acme', TOKEN);
    await eventually(() => links.length === 2);
    expect([told, counted]).toEqual([
      ['start', 'lost: the adapter gave no sign of life'],
      ['clients_admitted', 'clients_second', 'clients_silent', 'clients_admitted'],
    ]);
  });

  it('a client that comes again has a link of its own', async () => {
    const { hello, linkOf, links, connected } = await setUp();
    const client = hello('acme', TOKEN);
    const first = await linkOf('acme');
    client.close();
    await eventually(() => first.told.length === 2);
    expect(first.told).toEqual(['start', 'lost: the adapter closed the connection']);
    hello('acme', TOKEN);
    await eventually(() => links.length === 2);
    expect(links[1]?.told).toEqual(['start']);
    expect(connected).toEqual([1, 0, 1]);
  });

  it('no more than so many', async () => {
    const { enter, counted, clock } = await setUp();
    const first = Array.from({ length: MAX_CONNECTIONS }, () => enter());
    await eventually(() => clock.waiting() === MAX_CONNECTIONS);
    const more = enter();
    await more.closed;
    expect(counted).toEqual(['clients_surplus']);
    expect(first.every(({ socket }) => !socket.destroyed)).toBe(true);
  });
});

describe('a client that is none', () => {
  it.each([
    ['promises 4 GiB', Buffer.from('ffffffff', 'hex')],
    ['promises one byte too many', Buffer.from((CLOSE_BYTES + 1).toString(16).padStart(8, '0'), 'hex')],
    ['speaks HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['begins TLS', Buffer.from('16030100c4010000c00303', 'hex')],
  ])('%s: it is closed before it is anybody, others are not', async (_what, bytes) => {
    const { hello, linkOf, links, counted, enter } = await setUp();
    const other = hello('acme', TOKEN);
    const { events } = await linkOf('acme');
    const bad = enter();
    bad.sayBytes(bytes);
    await bad.closed;
    other.say(event());
    await eventually(() => events.length === 1);
    expect([counted, links.length]).toEqual([['clients_admitted', 'clients_refused'], 1]);
  });

  it('promises too much later on: it is closed', async () => {
    const { hello, linkOf, counted } = await setUp();
    const bad = hello('acme', TOKEN);
    const { told } = await linkOf('acme');
    bad.sayBytes(Buffer.from('ffffffff', 'hex'));
    await bad.closed;
    await eventually(() => told.length === 2);
    expect(told[1]).toMatch(/^lost: A frame of \d+ bytes was announced/);
    expect(counted).toEqual(['clients_admitted', 'frames_broken']);
  });

  it('sends ten thousand frames at once: each is taken', async () => {
    const { hello, linkOf, counted } = await setUp();
    const client = hello('acme', TOKEN);
    const { events } = await linkOf('acme');
    const frames = [encodeFrame(JSON.stringify(event())), encodeFrame('{}'), encodeFrame('')];
    client.sayBytes(Buffer.concat(Array.from({ length: 3_334 }, () => frames).flat()));
    await eventually(() => events.length === 3_334);
    expect(counted.filter((name) => name === 'messages_malformed')).toHaveLength(3_334);
  });

  it('sends anything at all: the gateway goes on', async () => {
    const { enter, hello, linkOf, counted } = await setUp();
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.string({ unit: 'binary' }).map(encodeFrame),
      fc.json({ stringUnit: 'binary' }).map(encodeFrame),
      fc
        .record({ header: fc.dictionary(fc.string(), fc.jsonValue()), body: fc.jsonValue() })
        .map((message) => encodeFrame(JSON.stringify(message))),
      fc.constant(encodeFrame('['.repeat(400_000))),
    );
    for (const bytes of fc.sample(fc.array(anything, { minLength: 1, maxLength: 8 }), 60)) {
      const bad = enter();
      for (const part of bytes) bad.sayBytes(part);
      bad.socket.end();
      await bad.closed;
    }
    hello('acme', TOKEN).say(event());
    const { events } = await linkOf('acme');
    await eventually(() => events.length === 1);
    expect(counted).not.toContain('clients_failed');
  });

  it('meets a mistake of ours: it is closed, others are not', async () => {
    const { hello, enter, linkOf, counted } = await setUp();
    const other = hello('acme', TOKEN);
    const { events } = await linkOf('acme');
    const unlucky = enter();
    unlucky.say(event());
    const { peer } = await linkOf('tcp');
    peer.onEvent(() => {
      throw new Error('a mistake');
    });
    unlucky.say(event());
    await unlucky.closed;
    other.say(event());
    await eventually(() => events.length === 1);
    expect(counted.slice(2)).toEqual(['clients_failed']);
  });

  it('comes and goes at any time: no timer and no client is left', async () => {
    const { hello, enter, clock, connected, counted } = await setUp();
    for (let count = 0; count < 100; count += 1) {
      const client = count % 2 === 0 ? enter() : hello('acme', TOKEN);
      if (count % 5 === 0) client.sayBytes(Buffer.from('0000', 'hex'));
      if (count % 3 === 0) await eventually(() => clock.waiting() > 0 || counted.length > count / 2);
      client.close();
    }
    await Promise.all(clients.map((client) => client.closed));
    await eventually(() => clock.waiting() === 0 && (connected.at(-1) ?? 0) === 0);
  });

  it('sends half a frame and goes', async () => {
    const { hello, linkOf } = await setUp();
    const client = hello('acme', TOKEN);
    client.sayBytes(Buffer.from('000000ff7b', 'hex'));
    const { told } = await linkOf('acme');
    client.socket.end();
    await eventually(() => told.length === 2);
    await client.closed;
  });
});

describe('a client that is silent', () => {
  it('is asked for its status, and closed when it says nothing more', async () => {
    const { hello, linkOf, clock, counted } = await setUp();
    const client = hello('acme', TOKEN);
    const { told } = await linkOf('acme');
    clock.advance(SILENCE_MS);
    expect((await client.question('cti.request.status')).header).toMatchObject({
      type: 'cti.request',
      target: 'acme.CONTROL',
    });
    clock.advance(SILENCE_MS);
    await client.closed;
    expect(counted).toEqual(['clients_admitted', 'clients_silent']);
    await eventually(() => told.length === 2);
    expect(told[1]).toBe('lost: the adapter gave no sign of life');
    expect(clock.waiting()).toBe(0);
  });

  it('may give its sign of life by an answer, or by a frame without content', async () => {
    const { hello, linkOf, clock, counted } = await setUp();
    const client = hello('acme', TOKEN);
    const { events } = await linkOf('acme');
    const signs = [
      async () => void (await client.accept('cti.request.status')),
      async () => client.sayBytes(new Uint8Array(4)),
    ];
    for (const sign of signs) {
      clock.advance(SILENCE_MS);
      await sign();
      const before = events.length;
      client.say(event());
      await eventually(() => events.length > before);
    }
    clock.advance(SILENCE_MS - 1);
    expect(counted).toEqual(['clients_admitted']);
  });
});

describe('back-pressure', () => {
  it('a client that does not read is closed when too much waits', async () => {
    const { hello, linkOf, counted } = await setUp();
    const client = hello('acme', TOKEN);
    const { peer, told } = await linkOf('acme');
    client.socket.pause();
    for (let n = 0; n < 64; n += 1) {
      const header = { type: 'cti.request', name: 'x', target: 's', requestId: String(n) } as const;
      peer.ask({ header, body: { a: 'x'.repeat(500_000) } }, () => undefined);
    }
    await eventually(() => told.length === 2);
    expect(told[1]).toMatch(/^lost: the adapter left \d+ bytes unread$/);
    expect(counted).toEqual(['clients_admitted', 'clients_slow']);
  });

  it('a client is not read while its link is full, and is not silent meanwhile', async () => {
    const { hello, linkOf, clock, counted } = await setUp();
    const client = hello('acme', TOKEN);
    const link = await linkOf('acme');
    link.stats = { ...IDLE, eventsWaiting: 1_000_000 };
    client.event('session.ended', 's', { reason: 'x'.repeat(100_000) });
    await eventually(() => counted.includes('clients_paused'));
    const before = link.events.length;
    client.event('session.ended', 's', { reason: 'x'.repeat(400_000) });
    clock.advance(3 * SILENCE_MS);
    expect(link.events).toHaveLength(before);
    link.stats = IDLE;
    clock.advance(PAUSE_MS);
    await eventually(() => link.events.length === 2);
    expect(counted).toEqual(['clients_admitted', 'clients_paused']);
  });
});

describe('the end of the gateway', () => {
  it('is told to every adapter, whose answer is waited for', async () => {
    const { hello, enter, linkOf, gateway } = await setUp();
    const client = hello('acme', TOKEN);
    const waiting = enter();
    const { told } = await linkOf('acme');
    const stopped = gateway.stop();
    const asked = await client.question('cti.request.serverstatus');
    expect(asked).toMatchObject({ header: { target: 'acme.CONTROL' }, body: { status: 'STOPPING' } });
    expect(client.socket.destroyed).toBe(false);
    client.say(answerSuccess(asked));
    await stopped;
    await Promise.all([client.closed, waiting.closed]);
    expect(told).toEqual(['start', 'stop']);
  });

  it('comes also for an adapter that does not answer', async () => {
    const { hello, linkOf, gateway, clock } = await setUp();
    const client = hello('acme', TOKEN);
    await linkOf('acme');
    const stopped = gateway.stop();
    await client.question('cti.request.serverstatus');
    clock.advance(FAREWELL_MS);
    await client.closed;
    clock.advance(CLOSING_MS);
    await stopped;
    expect(clock.waiting()).toBe(0);
  });

  it('cannot begin where something else listens', async () => {
    const taken = await setUp();
    await expect(setUp({}, { port: taken.port })).rejects.toThrow(/EADDRINUSE/);
  });
});
