import { type AddressInfo } from 'node:net';
import { createMemoryNetwork, type MemoryBus } from '@cordboard/bus';
import { createHealth, createLogger, createMetrics, RuntimeModule } from '@cordboard/runtime';
import { bridgeWorker, virtualClock, type VirtualClock } from '@cordboard/testing';
import { type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CONNECT_BUS } from './carrier.ts';
import { setUpHttp } from './http-setup.ts';
import { SimulatorConfig } from './simulator-config.ts';
import { SimulatorModule } from './simulator.module.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-test' };
const S = '01890000-0000-7000-8000-000000000001';
const AGAIN = '01890000-0000-7000-8000-000000000002';
const CALLER = '+12025550123';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

interface House {
  readonly app: INestApplication;
  readonly clock: VirtualClock;
  readonly bus: MemoryBus;
  readonly worker: ReturnType<typeof bridgeWorker>;
  readonly url: string;
}

const build = async (): Promise<House> => {
  const network = createMemoryNetwork();
  const bus = network.connect();
  const clock = virtualClock();
  const config = Object.assign(new SimulatorConfig(), { instance: WHERE.instance });
  const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
  const parts = {
    config,
    logger,
    metrics: createMetrics('cti-simulator'),
    health: createHealth(clock),
    clock,
  };
  const built = await Test.createTestingModule({ imports: [RuntimeModule.forRoot(parts), SimulatorModule] })
    .overrideProvider(CONNECT_BUS)
    .useValue(() => Promise.resolve(bus))
    .compile();
  const app = built.createNestApplication({ logger: false });
  setUpHttp(app);
  const worker = bridgeWorker(network.connect(), WHERE);
  await app.listen(0, '127.0.0.1');
  await settle();
  const { port } = (app.getHttpServer() as { address: () => AddressInfo }).address();
  return { app, clock, bus, worker, url: `http://127.0.0.1:${String(port)}/v1` };
};

let house: House;

beforeEach(async () => {
  house = await build();
});

/** Closing waits for events that nobody takes, on the virtual clock. */
const close = async (): Promise<void> => {
  const closed = house.app.close();
  for (let turn = 0; turn < 5; turn += 1) {
    await settle();
    house.clock.advance(1_000);
  }
  await closed;
};

afterEach(async () => {
  await close();
});

interface Reply {
  readonly status: number;
  readonly body: { readonly [key: string]: unknown };
}

const send = async (
  method: string,
  path: string,
  body?: unknown,
  type = 'application/json',
): Promise<Reply> => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = body === undefined ? { method } : { method, body: text, headers: { 'content-type': type } };
  const response = await fetch(`${house.url}${path}`, init);
  const answer = await response.text();
  return { status: response.status, body: answer === '' ? {} : (JSON.parse(answer) as Reply['body']) };
};

const placeCall = async (to: string, more: object = {}): Promise<string> => {
  const { status, body } = await send('POST', '/calls', { to, from: CALLER, ...more });
  expect(status).toBe(201);
  return (body.call as { readonly id: string }).id;
};

const call = async (id: string) =>
  (await send('GET', `/calls/${id}`)).body.call as { readonly [key: string]: unknown };

/** Opens a session of agent 1001 down to the channel; answers what the channel's init query said. */
const open = async (session = S) => {
  const { worker } = house;
  await worker.control('cti.request.createsession', {
    id: session,
    agent: { id: '1001', extension: '1001' },
  });
  const options = { name: 'telephony', chat: false, email: false, callback: false };
  const read = await worker.ask('session.query.init', session, options);
  const [group] = read.body['channel-groups'] as [{ readonly id: string }];
  await worker.ask('session.request.addchannelgroup', session, { id: 'G', nativeid: group.id });
  const channels = await worker.ask('channelgroup.query.init', `${session}.G`);
  expect(channels.body).toEqual({ channels: [{ 'end-point': '1001', type: 'TELEPHONY' }] });
  await worker.ask('channelgroup.request.addchannel', `${session}.G`, {
    id: 'H',
    nativeid: '1001',
    type: 'TELEPHONY',
  });
  return worker.ask('channel.query.init', `${session}.G.H`);
};

const ready = async (session = S): Promise<void> => {
  await house.worker.ask('channel.request.activate', `${session}.G.H`);
  await house.worker.ask('channel.request.ready', `${session}.G.H`);
  await settle();
};

/** Registers the interaction and its conversation; answers their init queries. */
const openCall = async (nativeId: unknown, session = S) => {
  const { worker } = house;
  await worker.ask('channel.request.createinteraction', `${session}.G.H`, {
    id: 'I',
    nativeid: String(nativeId),
  });
  const interaction = (await worker.ask('interaction.query.init', `${session}.G.H.I`)).body;
  const { primary } = interaction.conversations as { readonly primary: { readonly id: string } };
  const conversation = { id: 'V', nativeid: primary.id };
  await worker.ask('interaction.request.createconversation', `${session}.G.H.I`, conversation);
  return {
    interaction,
    conversation: (await worker.ask('conversation.query.init', `${session}.G.H.I.V`)).body,
  };
};

const names = (events: readonly { readonly name: string }[]) => events.map(({ name }) => name);

describe('over the bridge', () => {
  it('logs an agent in by password and describes the phone', async () => {
    const { worker } = house;
    const validate = (password: string) =>
      worker.control('cti.query.validateagent', { id: '1001', password });
    expect((await validate('demo')).result).toBe('SUCCESS');
    expect((await validate('wrong')).result).toBe('FAILURE');
    expect((await open()).body).toEqual({
      'channel-state': 'INACTIVE',
      'agent-state': { status: 'not_ready' },
      interactions: [],
    });
    const { agents } = (await send('GET', '/agents')).body as { readonly agents: readonly object[] };
    expect(agents).toHaveLength(10);
    expect(agents[0]).toMatchObject({ id: '1001', loggedIn: true, active: false });
  });

  it('carries an inbound call from ring to complete, answers before events', async () => {
    const { worker } = house;
    const events = worker.own(S);
    await open();
    await ready();
    const id = await placeCall('7000', { name: 'Caller', data: { order: '42' } });
    await settle();
    expect(names(events)).toEqual([
      'channel.activated',
      'channel.ready',
      'channel.ready',
      'channel.interaction',
    ]);
    expect(events[2]?.body).toEqual({ busy: true });
    const { interaction, conversation } = await openCall(events[3]?.body.nativeid);
    expect(interaction).toMatchObject({
      'interaction-state': 'ALERTING',
      'interaction-data': { order: '42', ANI: CALLER, DNIS: '7000', QUEUE: '7000' },
    });
    expect(conversation).toEqual({
      'conversation-state': 'RINGING',
      parties: [{ number: CALLER, name: 'Caller' }],
    });
    worker.heard.length = 0;
    await worker.ask('interaction.request.accept', `${S}.G.H.I`);
    await settle();
    expect(worker.heard).toEqual([
      'answer interaction.request.accept',
      'event conversation.started',
      'event conversation.talking',
      'event conversation.partyadded',
    ]);
    await worker.ask('conversation.request.hold', `${S}.G.H.I.V`);
    await worker.ask('conversation.request.retrieve', `${S}.G.H.I.V`);
    expect(await call(id)).toMatchObject({ state: 'talking', agents: ['1001'] });
    await worker.ask('conversation.request.release', `${S}.G.H.I.V`);
    await worker.ask('interaction.request.complete', `${S}.G.H.I`);
    await settle();
    expect(names(events).slice(-4)).toEqual([
      'conversation.held',
      'conversation.talking',
      'conversation.ended',
      'channel.ready',
    ]);
    expect(await call(id)).toMatchObject({ state: 'ended', endReason: 'agent hung up' });
  });

  it('dials, and reports busy and failure', async () => {
    const { worker, clock } = house;
    const events = worker.own(S);
    await open();
    await ready();
    await worker.ask('channel.request.dial', `${S}.G.H`, { destination: '5550101' });
    await settle();
    const { interaction, conversation } = await openCall(events.at(-1)?.body.nativeid);
    expect(interaction['interaction-state']).toBe('DIALING');
    expect(conversation).toMatchObject({ 'conversation-state': 'DIALING', parties: [{ number: '5550101' }] });
    clock.advance(1_000);
    await settle();
    expect(names(events).slice(-2)).toEqual(['conversation.dialing', 'conversation.busy']);
  });

  it('shows an agent who logs in again the call that goes on', async () => {
    const { worker } = house;
    const events = worker.own(S);
    await open();
    await ready();
    await placeCall('1001');
    await settle();
    await openCall(events.at(-1)?.body.nativeid);
    await worker.ask('interaction.request.accept', `${S}.G.H.I`);
    const again = (await open(AGAIN)).body;
    expect(again).toMatchObject({
      'channel-state': 'ACTIVE',
      interactions: [{ id: expect.any(String) as string }],
    });
    const [{ id }] = again.interactions as [{ readonly id: string }];
    const recovered = await openCall(id, AGAIN);
    expect(recovered.interaction['interaction-state']).toBe('STARTED');
    expect(recovered.conversation['conversation-state']).toBe('TALKING');
    await settle();
    expect(names(events)).toContain('session.ended');
  });

  it('refuses what the switch cannot do, with a reason', async () => {
    const { worker } = house;
    await open();
    const refused = await worker.ask('channel.request.ready', `${S}.G.H`);
    expect(refused).toMatchObject({
      result: 'FAILURE',
      errorMessage: expect.stringContaining('not active') as string,
    });
  });

  it('consults and blind-transfers, and tells what is done on the phone', async () => {
    const { worker } = house;
    const events = worker.own(S);
    await open();
    await ready();
    await placeCall('1001');
    await settle();
    await openCall(events.at(-1)?.body.nativeid);
    await worker.ask('interaction.request.accept', `${S}.G.H.I`);
    const consult = await worker.ask('interaction.request.consult', `${S}.G.H.I`, { destination: '5550102' });
    expect(consult.body).toEqual({ nativeid: expect.any(String) as string });
    const second = { id: 'V2', nativeid: consult.body.nativeid as string };
    await worker.ask('interaction.request.createconversation', `${S}.G.H.I`, second);
    const read = await worker.ask('conversation.query.init', `${S}.G.H.I.V2`);
    expect(read.body).toEqual({
      'conversation-state': 'DIALING',
      parties: [{ number: '5550102', name: '' }],
    });
    await worker.ask('conversation.request.release', `${S}.G.H.I.V2`);
    const phone = (action: string, more: object = {}) =>
      send('POST', '/agents/1001/phone', { action, ...more });
    expect(await phone('retrieve')).toMatchObject({ status: 200, body: { agent: { id: '1001' } } });
    expect(await phone('consult', { destination: '5550102' })).toMatchObject({ status: 200 });
    expect(await phone('alternate')).toMatchObject({ status: 409 });
    expect(await phone('dance')).toMatchObject({ status: 400 });
    await settle();
    expect(names(events).slice(-6)).toEqual([
      'conversation.held',
      'conversation.dialing',
      'conversation.ended',
      'conversation.talking',
      'conversation.held',
      'interaction.consult',
    ]);
    const transfer = { destination: '5550103' };
    await worker.ask('conversation.request.transfer', `${S}.G.H.I.V`, transfer);
    house.clock.advance(500);
    await settle();
    expect(names(events).slice(-2)).toEqual(['conversation.transfer.failed', 'conversation.held']);
  });

  it('brings a chat to the channel of its medium', async () => {
    const { worker } = house;
    const events = worker.own(S);
    await worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
    const options = { name: '', chat: true, email: false, callback: false };
    await worker.ask('session.query.init', S, options);
    await worker.ask('session.request.addchannelgroup', S, { id: 'G', nativeid: 'TEAM' });
    const group = await worker.ask('channelgroup.query.init', `${S}.G`);
    const chat = { 'end-point': '1001-chat', type: 'CHAT' };
    expect(group.body).toEqual({ channels: [{ 'end-point': '1001', type: 'TELEPHONY' }, chat] });
    const added = { id: 'H', nativeid: '1001-chat', type: 'CHAT' };
    await worker.ask('channelgroup.request.addchannel', `${S}.G`, added);
    await worker.ask('channel.query.init', `${S}.G.H`);
    await ready();
    const from = 'customer@example.com';
    const placed = await send('POST', '/contacts', { type: 'CHAT', to: '7000', from, data: { topic: 'x' } });
    expect(placed).toMatchObject({ status: 201, body: { contact: { state: 'alerting', agent: '1001' } } });
    await settle();
    const nativeid = events.at(-1)?.body.nativeid as string;
    await worker.ask('channel.request.createinteraction', `${S}.G.H`, { id: 'I', nativeid });
    const { body } = await worker.ask('interaction.query.init', `${S}.G.H.I`);
    expect(body).toEqual({
      'interaction-state': 'ALERTING',
      'interaction-data': { topic: 'x', FROM: from, TO: '7000', QUEUE: '7000' },
    });
    await worker.ask('interaction.request.accept', `${S}.G.H.I`);
    expect((await worker.ask('interaction.request.signal', `${S}.G.H.I`, { p1: 'end' })).result).toBe(
      'SUCCESS',
    );
    expect((await worker.ask('interaction.request.signal', `${S}.G.H.I`, { p1: 'x' })).result).toBe(
      'FAILURE',
    );
    const { id } = placed.body.contact as { readonly id: string };
    expect(await send('DELETE', `/contacts/${id}`)).toMatchObject({ status: 200 });
    expect(await send('DELETE', `/contacts/${id}`)).toMatchObject({ status: 409 });
    expect(await send('GET', '/contacts/nothing')).toMatchObject({ status: 404 });
    await settle();
    expect(names(events).slice(-4)).toEqual([
      'channel.interaction',
      'interaction.alerting',
      'interaction.started',
      'interaction.ended',
    ]);
  });

  it('tells a session that follows the address book of changes, once a second', async () => {
    const { worker, clock } = house;
    const events = worker.own(S);
    await open();
    const first = await worker.ask('session.query.addressbook', S, { realtime: true });
    expect(first.body.addressbooks).toHaveLength(2);
    await ready();
    clock.advance(1_000);
    await settle();
    expect(names(events).filter((name) => name === 'session.addressbook')).toHaveLength(1);
    expect(JSON.stringify(events.at(-1)?.body)).toContain('Available');
    await worker.ask('session.query.addressbook', S, { realtime: false, stop: true });
    await worker.ask('channel.request.notready', `${S}.G.H`, { reasoncode: 'break' });
    clock.advance(5_000);
    await settle();
    expect(names(events).filter((name) => name === 'session.addressbook')).toHaveLength(1);
  });

  it.each([
    ['session.query.directory', S, {}, 'entries'],
    ['session.query.notreadyreasons', S, {}, 'reasons'],
    ['session.query.logoutreasons', S, {}, 'reasons'],
    ['channel.query.dispositions', `${S}.G.H`, {}, 'dispositions'],
    ['channel.query.scripts', `${S}.G.H`, {}, 'scripts'],
    ['channel.query.outboundskills', `${S}.G.H`, { destination: '5550105' }, 'skills'],
  ])('answers %s', async (name, target, body, key) => {
    await open();
    const answer = await house.worker.ask(name, target, body);
    expect((answer.body[key] as readonly object[]).length).toBeGreaterThan(1);
  });

  it('connects the line to the ear, and says when it drops', async () => {
    const { worker } = house;
    const events = worker.own(S);
    await open();
    await worker.ask('session.request.agentleg', S, { action: 'connect' });
    await send('POST', '/agents/1001/phone', { action: 'drop-leg' });
    await settle();
    expect(events.map(({ body }) => body.state)).toEqual(['connected', 'disconnected']);
  });
});
