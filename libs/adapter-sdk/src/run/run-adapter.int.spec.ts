import { type Bus, connectNats } from '@cordboard/bus';
import { bridgeWorker, eventually, privateNats, type PrivateNats } from '@cordboard/testing';
import { type Adapter, type AdapterHandlers, ok, runAdapter } from '../index.ts';

const S = '01890000-0000-7000-8000-000000000001';
const WHERE = { tenant: 'demo', processor: 'acme', instance: 'acme-1' };

const handlers: AdapterHandlers = {
  capabilities: () => ({}),
  validateAgent: () => ok(undefined),
  createSession: () => ok({}),
  readSession: () => ok({ groups: [] }),
  readGroup: () => ok({ channels: [] }),
  readChannel: () => ok({ state: 'ACTIVE', interactions: [] }),
  readInteraction: () => ok({ state: 'STARTED', data: {} }),
  readConversation: () => ok({ state: 'TALKING', parties: [] }),
};

let nats: PrivateNats;
let desk: Bus;
let adapter: Adapter;
const exits: number[] = [];
const listeners = new Map<string, () => void>();

beforeAll(async () => {
  nats = await privateNats();
  desk = await connectNats({ url: nats.url, name: 'desk' });
  adapter = runAdapter({
    processor: 'acme',
    handlers,
    process: {
      env: { CORDBOARD_NATS_URL: nats.url },
      stderr: { write: () => undefined },
      on: (name, listener) => void listeners.set(name, listener),
      exit: (code) => void exits.push(code),
    },
  });
});

afterAll(async () => {
  await adapter.stop();
  await desk.drain();
  await nats.stop();
});

it('serves over NATS, comes back when the server was gone, and drains on a signal', async () => {
  const before = bridgeWorker(desk, WHERE);
  await desk.flush();
  await eventually(() => adapter.health().connected);
  await eventually(() => before.control('cti.request.status'));
  const opening = { id: S, agent: { id: '1001' } };
  expect(await before.control('cti.request.createsession', opening)).toMatchObject({ result: 'SUCCESS' });
  await eventually(() => before.statuses.length > 0);
  const [{ incarnation } = {}] = before.statuses;

  await nats.kill();
  await eventually(() => !adapter.health().connected);
  await nats.restart();
  desk = await connectNats({ url: nats.url, name: 'desk' });
  const after = bridgeWorker(desk, WHERE);
  await desk.flush();
  await eventually(() => adapter.health().connected, { timeoutMs: 20_000 });
  await eventually(() => after.statuses.length > 0);
  expect(after.statuses[0]).toMatchObject({ status: 'STARTED', incarnation, sessions: 1 });
  const events = after.own(S);
  await after.ask('session.query.init', S, { name: '', chat: false, email: false, callback: false });
  adapter.report.sessionEnded({ agent: '1001' });
  await eventually(() => events.length > 0);
  expect(events).toMatchObject([{ name: 'session.ended', ctiSeq: 1 }]);

  listeners.get('SIGTERM')?.();
  await eventually(() => exits.length > 0);
  expect(exits).toEqual([0]);
  await eventually(() => after.statuses.some(({ status }) => status === 'STOPPED'));
}, 60_000);
