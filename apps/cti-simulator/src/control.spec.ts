import { type AddressInfo } from 'node:net';
import { createMemoryNetwork, subjects } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { createHealth, createLogger, createMetrics, RuntimeModule } from '@cordboard/runtime';
import { agentOf } from '@cordboard/switch-sim';
import { bridgeWorker, virtualClock } from '@cordboard/testing';
import { Test } from '@nestjs/testing';
import { CONNECT_BUS } from './carrier.ts';
import { setUpHttp } from './http-setup.ts';
import { SimulatorConfig } from './simulator-config.ts';
import { SimulatorModule } from './simulator.module.ts';
import { SwitchDriver } from './switch-driver.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-test' };
const S = '01890000-0000-7000-8000-000000000001';
const CALLER = '+12025550123';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const build = async () => {
  const network = createMemoryNetwork();
  const clock = virtualClock();
  const parts = {
    config: Object.assign(new SimulatorConfig(), WHERE),
    logger: createLogger({ name: 'cti-simulator', level: 'silent' }),
    metrics: createMetrics('cti-simulator'),
    health: createHealth(clock),
    clock,
  };
  const built = await Test.createTestingModule({ imports: [RuntimeModule.forRoot(parts), SimulatorModule] })
    .overrideProvider(CONNECT_BUS)
    .useValue(() => Promise.resolve(network.connect()))
    .compile();
  const app = built.createNestApplication({ logger: false });
  setUpHttp(app);
  const bus = network.connect();
  const worker = bridgeWorker(bus, WHERE);
  const queues: JsonObject[] = [];
  bus.subscribe(subjects.ctiQueues('demo', 'sim'), ({ body }) =>
    queues.push((JSON.parse(body) as { readonly body: JsonObject }).body),
  );
  await app.listen(0, '127.0.0.1');
  await settle();
  const { port } = (app.getHttpServer() as { address: () => AddressInfo }).address();
  return { app, clock, worker, queues, driver: app.get(SwitchDriver), url: `http://127.0.0.1:${port}/v1` };
};

let house: Awaited<ReturnType<typeof build>>;

beforeEach(async () => {
  house = await build();
});

/** Closing waits for events that nobody takes, on the virtual clock. */
afterEach(async () => {
  const closed = house.app.close();
  for (let turn = 0; turn < 5; turn += 1) {
    await settle();
    house.clock.advance(1_000);
  }
  await closed;
  expect(house.clock.waiting()).toBe(0);
});

const send = async (method: string, path: string, body?: object) => {
  const headers = { 'content-type': 'application/json' };
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body), headers };
  const response = await fetch(`${house.url}${path}`, init);
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as JsonObject };
};

const advance = async (ms: number): Promise<void> => {
  await settle();
  house.clock.advance(ms);
  await settle();
};

const ask = (name: string, path: string, body: JsonObject = {}) =>
  house.worker.ask(name, path === '' ? S : `${S}.${path}`, body);

/** Session S of agent 1001, whose phone is channel H in group G and talks on conversation V of interaction I. */
const talking = async () => {
  const { worker, driver } = house;
  await worker.control('cti.request.status');
  const events = worker.own(S);
  await worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  await ask('session.query.init', '', { name: '', chat: false, email: false, callback: false });
  await ask('session.request.addchannelgroup', '', { id: 'G', nativeid: 'TEAM' });
  await ask('channelgroup.query.init', 'G');
  await ask('channelgroup.request.addchannel', 'G', { id: 'H', nativeid: '1001', type: 'TELEPHONY' });
  await ask('channel.query.init', 'G.H');
  driver.apply({ kind: 'activate', agent: '1001' });
  const placed = driver.apply({ kind: 'place-call', to: '1001', from: CALLER });
  const nativeid = agentOf(driver.state, '1001')?.works[0]?.id ?? '';
  await ask('channel.request.createinteraction', 'G.H', { id: 'I', nativeid });
  await ask('interaction.query.init', 'G.H.I');
  await ask('interaction.request.createconversation', 'G.H.I', { id: 'V', nativeid });
  await ask('conversation.query.init', 'G.H.I.V');
  await ask('interaction.request.accept', 'G.H.I');
  await settle();
  events.length = 0;
  const [first] = placed.ok ? placed.value : [];
  return { events, call: first?.type === 'CallPlaced' ? first.call : '' };
};

const names = (events: readonly { readonly name: string }[]) => events.map(({ name }) => name);
const lastStatus = () => house.worker.statuses.at(-1);

describe('a restart of the switch', () => {
  it('that keeps everything tells nothing of what happened meanwhile', async () => {
    const { events, call } = await talking();
    expect(await send('POST', '/restart', { calls: 'kept' })).toMatchObject({
      status: 200,
      body: { status: 'STOPPED', calls: 'kept', afterMs: 1_000 },
    });
    await settle();
    expect(lastStatus()).toMatchObject({ status: 'STOPPED', reason: 'the switch restarts' });
    expect(await ask('conversation.request.hold', 'G.H.I.V')).toMatchObject({
      result: 'FAILURE',
      errorMessage: expect.stringContaining('restarts') as string,
    });
    expect(await send('POST', '/restart', { calls: 'kept' })).toMatchObject({ status: 409 });
    expect(await send('POST', `/calls/${call}/hangup`, {})).toMatchObject({ status: 200 });
    await advance(1_000);
    expect(lastStatus()).toMatchObject({ status: 'STARTED' });
    expect(names(events)).toEqual([]);
    expect((await ask('interaction.query.init', 'G.H.I')).body).toMatchObject({
      'interaction-state': 'ENDED',
    });
    await ask('interaction.request.complete', 'G.H.I');
    await settle();
    expect(names(events)).toEqual(['channel.notready']);
  });

  it('that loses everything logs the agent out; a new session finds nothing', async () => {
    const { events } = await talking();
    await send('POST', '/restart', { calls: 'lost', afterMs: 5_000 });
    await advance(4_999);
    expect(lastStatus()).toMatchObject({ status: 'STOPPED' });
    await advance(1);
    expect((await send('GET', '/calls')).body).toEqual({ calls: [] });
    expect((await send('GET', '/agents/1001')).body).toMatchObject({ agent: { loggedIn: false } });
    expect((await ask('conversation.query.init', 'G.H.I.V')).result).toBe('FAILURE');
    await house.worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
    await ask('session.query.init', '', { name: '', chat: false, email: false, callback: false });
    await ask('session.request.addchannelgroup', '', { id: 'G', nativeid: 'TEAM' });
    await ask('channelgroup.query.init', 'G');
    await ask('channelgroup.request.addchannel', 'G', { id: 'H', nativeid: '1001', type: 'TELEPHONY' });
    expect((await ask('channel.query.init', 'G.H')).body).toMatchObject({
      'channel-state': 'INACTIVE',
      interactions: [],
    });
    expect(names(events)).toEqual([]);
  });

  it.each([{}, { calls: 'some' }, { calls: 'kept', afterMs: 0 }, { calls: 'kept', soon: true }])(
    'is refused: %j',
    async (body) => {
      expect((await send('POST', '/restart', body)).status).toBe(400);
    },
  );
});

describe('the queues', () => {
  const call = () => house.driver.apply({ kind: 'place-call', to: '7002', from: CALLER });
  const waiting = () =>
    house.queues.map(({ queues }) =>
      (queues as readonly { readonly waiting: number }[]).map((queue) => queue.waiting),
    );

  it('are listed with what they ask for', async () => {
    call();
    house.clock.advance(3_000);
    expect((await send('GET', '/queues')).body).toEqual({
      queues: [
        { id: '7000', name: 'Queue 7000', waiting: 0, longestWaitMs: 0 },
        { id: '7001', name: 'Queue 7001', waiting: 0, longestWaitMs: 0 },
        { id: '7002', name: 'Queue 7002', waiting: 1, longestWaitMs: 3_000, skill: 'spanish' },
      ],
    });
  });

  it('are told when they change, once a second at most, and every ten seconds', async () => {
    await house.worker.control('cti.request.status');
    call();
    await advance(0);
    for (let count = 0; count < 2; count += 1) call();
    await advance(999);
    expect(waiting()).toEqual([[0, 0, 1]]);
    await advance(1);
    expect(waiting()).toEqual([
      [0, 0, 1],
      [0, 0, 3],
    ]);
    await advance(9_999);
    expect(house.queues).toHaveLength(2);
    await advance(1);
    expect(house.queues).toHaveLength(3);
    expect(house.queues[2]?.queues).toMatchObject([{}, {}, { waiting: 3, longestWaitMs: 11_000 }]);
  });
});

describe('the settings', () => {
  it('are read and changed in part', async () => {
    const usual = { queueCallMs: 20_000, queueContactMs: 60_000, directMs: 60_000 };
    expect((await send('GET', '/settings')).body).toEqual(usual);
    expect((await send('PUT', '/settings', { queueCallMs: 500 })).body).toEqual({
      ...usual,
      queueCallMs: 500,
    });
    expect((await send('PUT', '/settings', { queueCallMs: 1 })).status).toBe(400);
    expect((await send('PUT', '/settings', { directMs: 'long' })).status).toBe(400);
  });
});

describe('faults', () => {
  const hold = { on: 'answer', name: 'conversation.request.hold' };

  it('are set, hit, listed and cleared', async () => {
    const { events } = await talking();
    const rules = [
      { ...hold, do: 'refuse', message: 'not today', count: 1 },
      { on: 'event', name: 'conversation.h*', session: S, do: 'double' },
    ];
    const set = await send('PUT', '/faults', { seed: 1, rules });
    expect(set).toMatchObject({ status: 200, body: { seed: 1, rules: [{ hits: 0 }, { hits: 0 }] } });
    const refused = { result: 'FAILURE', errorMessage: 'not today' };
    expect(await ask('conversation.request.hold', 'G.H.I.V')).toMatchObject(refused);
    expect(await ask('conversation.request.hold', 'G.H.I.V')).toMatchObject({ result: 'SUCCESS' });
    await settle();
    expect(events.map(({ name, ctiSeq }) => `${name} ${ctiSeq - (events[0]?.ctiSeq ?? 0)}`)).toEqual([
      'conversation.held 0',
      'conversation.held 1',
    ]);
    expect((await send('GET', '/faults')).body).toMatchObject({ rules: [{ hits: 1 }, { hits: 1 }] });
    expect((await send('DELETE', '/faults')).status).toBe(204);
    expect((await send('GET', '/faults')).body).toEqual({ seed: 0, rules: [] });
  });

  it('let the adapter hang', async () => {
    const { events } = await talking();
    expect((await send('POST', '/faults/hang', { forMs: 2_000 })).body).toMatchObject({
      hungUntil: expect.any(String) as string,
    });
    const answer = ask('conversation.request.hold', 'G.H.I.V');
    await advance(1_999);
    expect(agentOf(house.driver.state, '1001')?.works[0]?.primary?.media).toBe('TALKING');
    await advance(1);
    expect(await answer).toMatchObject({ result: 'SUCCESS' });
    expect(names(events)).toEqual(['conversation.held']);
  });

  it('restart the adapter, which knows no session; the switch goes on', async () => {
    const { events, call } = await talking();
    const before = lastStatus();
    expect((await send('POST', '/faults/restart')).status).toBe(204);
    await settle();
    expect(lastStatus()).toMatchObject({ status: 'STOPPED', incarnation: before?.incarnation });
    await house.worker.control('cti.request.status');
    await settle();
    const after = lastStatus();
    expect(after).toMatchObject({ status: 'STARTED', sessions: 0 });
    expect(after?.incarnation).not.toBe(before?.incarnation);
    expect((await send('GET', `/calls/${call}`)).body).toMatchObject({ call: { state: 'talking' } });
    expect((await ask('conversation.request.hold', 'G.H.I.V')).answer).toBe('unknown-session');
    house.driver.apply({ kind: 'ready', agent: '1001' });
    await settle();
    expect(names(events)).toEqual([]);
  });

  it.each<readonly [string, object]>([
    ['seed', { rules: [] }],
    ['rules', { seed: 1 }],
    ['on must', { seed: 1, rules: [{ ...hold, on: 'query', do: 'drop' }] }],
    ['do must', { seed: 1, rules: [{ ...hold, do: 'lose' }] }],
    ['delayMs', { seed: 1, rules: [{ ...hold, do: 'delay' }] }],
    ['chance', { seed: 1, rules: [{ ...hold, do: 'drop', chance: 2 }] }],
    ['count', { seed: 1, rules: [{ ...hold, do: 'drop', count: 0 }] }],
    ['name must', { seed: 1, rules: [{ ...hold, name: 'a*b', do: 'drop' }] }],
    ['cannot be refused', { seed: 1, rules: [{ on: 'event', name: '*', do: 'refuse' }] }],
    ['wrong', { seed: 1, rules: [{ ...hold, do: 'drop', wrong: true }] }],
    ['rules', { seed: 1, rules: Array.from({ length: 51 }, () => ({ ...hold, do: 'drop' })) }],
  ])('are refused, and the answer names %s', async (word, body) => {
    const refused = await send('PUT', '/faults', body);
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(word) as string },
    });
  });

  it('are described at /docs', async () => {
    const response = await fetch(`${house.url.replace('/v1', '')}/docs-json`);
    const { paths } = (await response.json()) as { readonly paths: object };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/v1/faults',
        '/v1/faults/hang',
        '/v1/faults/restart',
        '/v1/queues',
        '/v1/restart',
      ]),
    );
  });
});
