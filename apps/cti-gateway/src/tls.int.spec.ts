import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions } from 'node:tls';
import { type BridgePeer } from '@cordboard/adapter-sdk';
import {
  eventually,
  type FrameClient,
  frameClient,
  sequentialIds,
  testAuthority,
  type TestCertificate,
  virtualClock,
} from '@cordboard/testing';
import { createAdmission } from './admission.ts';
import { createGateway } from './gateway.ts';
import { type GatewayCounter } from './gateway-ports.ts';
import { HELLO_MS } from './limits.ts';
import { readTlsKeys } from './tls-keys.ts';

const TOKEN = 'a-token-of-acme-42';
const WIDE = 'é € 😀'.repeat(10_000);
const authority = await testAuthority();
const other = await testAuthority('Another authority');
const server = await authority.issue('gateway');

let folder: string;
const ends: (() => Promise<void>)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-tls-'));
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};
const files = ({ cert, key }: TestCertificate) => ({
  tlsCert: written('server.pem', cert),
  tlsKey: written('server.key', key),
});
const asking = () => ({ ...files(server), tlsCa: written('ca.pem', authority.cert) });

const setUp = async (named: Parameters<typeof readTlsKeys>[0]) => {
  const clock = virtualClock();
  const peers = new Map<string, BridgePeer>();
  const counted: GatewayCounter[] = [];
  const gateway = createGateway(
    {
      admission: createAdmission({ processor: 'tcp', tokens: new Map([['acme', TOKEN]]) }),
      linkTo: (processor) => (peer) => ({
        start: () => void peers.set(processor, peer),
        lost: () => undefined,
        stop: async () => undefined,
        stats: () => ({
          connected: true,
          sessions: 0,
          eventsWaiting: 0,
          bytesWaiting: 0,
          questionsUnderWay: 0,
        }),
      }),
      clock,
      newId: sequentialIds().next,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      count: (name) => void counted.push(name),
      connected: () => undefined,
      maxBytes: 524_288,
    },
    { host: '127.0.0.1', port: 0, tls: readTlsKeys(named) },
  );
  const port = await gateway.start();
  ends.push(() => gateway.stop());
  const enter = (tls?: ConnectionOptions): FrameClient => {
    const client = frameClient(port, { tls: tls && { ca: authority.cert, ...tls } });
    ends.push(async () => {
      client.close();
      await client.closed;
    });
    return client;
  };
  const hello = (client: FrameClient, processor: string, token?: string): void =>
    client.say({ header: { type: 'cti.hello' }, body: { processor, token } });
  return { clock, peers, counted, enter, hello };
};

/** A question that goes to the adapter and comes back. */
const roundTrip = async (peer: BridgePeer | undefined, client: FrameClient): Promise<unknown> => {
  const header = {
    type: 'cti.request',
    name: 'session.request.logout',
    target: 's',
    requestId: 'r1',
  } as const;
  const answered = new Promise((resolve) => peer?.ask({ header, body: { reason: WIDE } }, resolve));
  expect((await client.accept('session.request.logout', { a: WIDE })).body).toEqual({ reason: WIDE });
  return answered;
};

describe('a gateway with a certificate', () => {
  it('is known by it, and carries what plain TCP carries', async () => {
    const { peers, enter, hello, counted } = await setUp(files(server));
    const client = enter({});
    hello(client, 'acme', TOKEN);
    await eventually(() => peers.has('acme'));
    expect(await roundTrip(peers.get('acme'), client)).toMatchObject({ body: { a: WIDE } });
    expect(counted).toEqual(['clients_admitted']);
  });

  it('is not believed by a client that expects another one', async () => {
    const { enter, counted } = await setUp(files(server));
    const client = enter({ ca: other.cert });
    await client.closed;
    await eventually(() => counted.includes('handshakes_failed'));
  });

  it('closes who speaks plain TCP', async () => {
    const { enter, counted, hello, peers } = await setUp(files(server));
    const client = enter();
    hello(client, 'acme', TOKEN);
    await client.closed;
    expect([counted, peers.size]).toEqual([['handshakes_failed'], 0]);
  });
});

describe('a gateway that asks for certificates', () => {
  it.each([
    ['at once when it says so', true],
    ['after a moment when it says nothing', false],
  ])('takes a client as the processor of its certificate, %s', async (_when, says) => {
    const { peers, enter, hello, clock } = await setUp(asking());
    const client = enter(await authority.issue('switch-7'));
    await eventually(() => clock.waiting() === 1);
    if (says) hello(client, 'switch-7');
    else clock.advance(HELLO_MS);
    await eventually(() => peers.has('switch-7'));
    await roundTrip(peers.get('switch-7'), client);
  });

  it.each<[string, () => Promise<TestCertificate>, string, string?]>([
    ['signed by nobody that is trusted', () => other.issue('acme'), 'acme', TOKEN],
    ['of another processor', () => authority.issue('switch-7'), 'acme', TOKEN],
    ['whose name is none of a processor', () => authority.issue('switch 7'), 'acme', TOKEN],
  ])('refuses a certificate %s', async (_what, certificate, processor, token) => {
    const { enter, hello, counted, peers } = await setUp(asking());
    const client = enter(await certificate());
    hello(client, processor, token);
    await client.closed;
    expect([counted, peers.size]).toEqual([['clients_refused'], 0]);
  });

  it('takes a client without one by its token', async () => {
    const { peers, enter, hello } = await setUp(asking());
    hello(enter({}), 'acme', TOKEN);
    await eventually(() => peers.has('acme'));
  });
});

describe('certificates that cannot be used', () => {
  it.each<[string, () => Parameters<typeof readTlsKeys>[0], RegExp]>([
    [
      'a file that is not there',
      () => ({ ...files(server), tlsCert: join(folder, 'none') }),
      /TLS_CERT names/,
    ],
    [
      'a key of another certificate',
      () => ({ ...files(server), tlsKey: written('x', authority.key) }),
      /TLS_\*/,
    ],
    ['a text that is none', () => ({ ...files(server), tlsCert: written('y', 'x') }), /TLS_\*/],
  ])('%s stops the start', (_what, named, why) => {
    expect(() => readTlsKeys(named())).toThrow(why);
  });

  it('none at all are no TLS', () => {
    expect(readTlsKeys({})).toBeUndefined();
  });
});
