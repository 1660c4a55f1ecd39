import { type BridgeLink, type BridgePeer, tcpLink } from '@cordboard/adapter-sdk';
import { connectNats } from '@cordboard/bus';
import { answerSuccess, type CtiMessage } from '@cordboard/cti-protocol';
import { systemClock } from '@cordboard/runtime';
import {
  type BridgeWorker,
  bridgeWorker,
  eventually,
  freePort,
  type PrivateNats,
  privateNats,
  type StackApp,
  startApp,
} from '@cordboard/testing';

const WHERE = { tenant: 'demo', processor: 'acme', instance: 'gateway-1' };
const TOKEN = 'a-token-of-acme-42';
const SESSION = '01900000-0000-7000-8000-000000000001';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

let nats: PrivateNats;
let gateway: StackApp;
let link: BridgeLink;
let worker: BridgeWorker;
const asked: string[] = [];
const ends: (() => Promise<unknown>)[] = [];

/** Says yes to everything, and that it is there. */
const yesPeer = (): BridgePeer => {
  let say: (event: CtiMessage) => void = () => undefined;
  return {
    onEvent: (listener) => void (say = listener),
    ask: (question, answer) => {
      const { name, target } = question.header;
      asked.push(name);
      answer(answerSuccess(question));
      if (name !== 'cti.request.status') return;
      say({ header: { type: 'cti.event', name: 'cti.status', target }, body: { status: 'STARTED' } });
    },
  };
};

const settings = (port: number) => ({
  CORDBOARD_NATS_URL: nats.url,
  CORDBOARD_CTI_PORT: String(port),
  CORDBOARD_CTI_TOKENS: `acme=${TOKEN}`,
});
const openWorker = async (): Promise<BridgeWorker> => {
  const bus = await connectNats({ url: nats.url, name: 'test' });
  ends.push(() => bus.drain());
  const opened = bridgeWorker(bus, WHERE);
  await bus.flush();
  return opened;
};
const get = async (path: string): Promise<string> =>
  (await fetch(`http://127.0.0.1:${gateway.ports['metrics'] ?? 0}${path}`)).text();
const askedFor = (name: string): number => asked.filter((one) => one === name).length;

/** Waits until the adapter is there in another incarnation than this one, and makes it say its status. */
const comes = async (than: unknown): Promise<unknown> => {
  const hello = await eventually(() => worker.hellos.find(({ incarnation }) => incarnation !== than), {
    timeoutMs: 20_000,
  });
  await worker.control('cti.request.status');
  return hello.incarnation;
};

beforeAll(async () => {
  nats = await privateNats();
  const port = await freePort();
  gateway = await startApp('cti-gateway', settings(port));
  worker = await openWorker();
  const where = { host: '127.0.0.1', port, processor: 'acme', token: TOKEN };
  link = tcpLink({ ...where, clock: systemClock, logger: quiet })(yesPeer());
  link.start();
});
afterAll(async () => {
  await link.stop();
  await gateway.stop();
  for (const end of ends) await end();
  await nats.stop();
});

it('a gateway that is killed, told to end, or loses NATS serves its adapter again', async () => {
  const first = await comes(undefined);
  await worker.control('cti.request.createsession', { id: SESSION, agent: { id: '1001' } });
  expect(asked).toEqual(['cti.request.status', 'cti.request.createsession']);
  expect(await get('/health/ready')).toContain('"nats":"ok"');
  expect(await get('/metrics')).toMatch(/^cordboard_gateway_clients\{app="cti-gateway"\} 1$/m);

  await gateway.kill();
  await gateway.start();
  const second = await comes(first);
  expect((await worker.ask('session.query.directory', SESSION)).answer).toBe('unknown-session');
  await worker.control('cti.request.createsession', { id: SESSION, agent: { id: '1001' } });
  expect((await worker.ask('session.request.logout', SESSION)).result).toBe('SUCCESS');

  await gateway.stop();
  expect(askedFor('cti.request.serverstatus')).toBe(1);
  expect(worker.statuses.at(-1)).toMatchObject({ status: 'STOPPED', incarnation: second });
  worker.hellos.splice(0);
  await gateway.start();
  const third = await comes(second);

  await nats.kill();
  await nats.restart();
  worker = await openWorker();
  await eventually(() => worker.hellos.length > 0, { timeoutMs: 20_000 });
  expect(worker.hellos[0]?.incarnation).toBe(third);
  await eventually(async () => (await get('/health/ready')).includes('"nats":"ok"'), { timeoutMs: 20_000 });
  expect(link.stats().connected).toBe(true);
}, 120_000);

it('a gateway does not start with messages that NATS does not take', async () => {
  const start = startApp('cti-gateway', { ...settings(0), CORDBOARD_CTI_MAX_BYTES: '1048576' });
  await expect(start).rejects.toThrow(
    /cannot start: CORDBOARD_CTI_MAX_BYTES is 1048576, .* set it to 1044480/,
  );
});
