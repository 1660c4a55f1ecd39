import { type AdapterCounter, natsLink } from '@cordboard/adapter-sdk';
import { type Bus, connectNats } from '@cordboard/bus';
import { answerSuccess, encodeFrame } from '@cordboard/cti-protocol';
import { systemClock, systemIds } from '@cordboard/runtime';
import {
  type BridgeWorker,
  bridgeWorker,
  eventually,
  type FrameClient,
  frameClient,
  type PrivateNats,
  privateNats,
} from '@cordboard/testing';
import { createAdmission } from './admission.ts';
import { createGateway } from './gateway.ts';
import { type GatewayCounter } from './gateway-ports.ts';

const MAX_BYTES = 16_384;
const SESSION = '01900000-0000-7000-8000-000000000001';
const CHANNEL = `${SESSION}.g.c`;
const WIDE = 'é € 😀';

let nats: PrivateNats;
let tenants = 0;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  nats = await privateNats();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => nats.stop());

const openBus = async (): Promise<Bus> => {
  const bus = await connectNats({ url: nats.url, name: 'test' });
  ends.push(() => bus.drain());
  return bus;
};

const setUp = async () => {
  tenants += 1;
  const tenant = `t${tenants}`;
  const instance = 'gateway-1';
  const counted: (GatewayCounter | AdapterCounter)[] = [];
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const bus = await openBus();
  const gateway = createGateway(
    {
      admission: createAdmission({ processor: 'tcp', tokens: new Map() }),
      linkTo: (processor) =>
        natsLink({
          ...{ bus, clock: systemClock, ids: systemIds, tenant, processor, instance, logger: quiet },
          metrics: { count: (name) => void counted.push(name) },
        }),
      clock: systemClock,
      newId: systemIds.next,
      log: quiet,
      count: (name) => void counted.push(name),
      connected: () => undefined,
      maxBytes: MAX_BYTES,
    },
    { host: '127.0.0.1', port: 0 },
  );
  const port = await gateway.start();
  const asking = await openBus();
  const worker = bridgeWorker(asking, { tenant, processor: 'tcp', instance });
  await asking.flush();
  ends.push(() => gateway.stop());
  const enter = (): FrameClient => {
    const client = frameClient(port);
    ends.push(async () => {
      client.close();
      await client.closed;
    });
    return client;
  };
  return { gateway, worker, enter, counted };
};

/** An adapter that came in, said who it is and was asked for its status. */
const started = async ({ worker, enter }: Awaited<ReturnType<typeof setUp>>): Promise<FrameClient> => {
  const before = worker.hellos.length;
  const client = enter();
  client.say({ header: { type: 'cti.hello' }, body: { processor: 'tcp' } });
  await eventually(() => worker.hellos.length > before);
  const asked = worker.control('cti.request.status');
  await client.accept('cti.request.status');
  await asked;
  client.event('cti.status', 'tcp.CONTROL', { status: 'STARTED' });
  await eventually(() => worker.statuses.some(({ status }) => status === 'STARTED'));
  return client;
};

/** The same, with a session. */
const inSession = async (set: Awaited<ReturnType<typeof setUp>>): Promise<FrameClient> => {
  const client = await started(set);
  await createSession(set.worker, client);
  return client;
};
const createSession = async (worker: BridgeWorker, client: FrameClient): Promise<void> => {
  const created = worker.control('cti.request.createsession', { id: SESSION, agent: { id: '1001' } });
  await client.accept('cti.request.createsession');
  await created;
};

describe('an adapter on TCP', () => {
  it('is asked for its status first; its answer goes before its status; then for what it can do', async () => {
    const { worker, enter } = await setUp();
    const client = enter();
    await eventually(() => worker.hellos.length === 1);
    expect(worker.hellos[0]).toMatchObject({ processor: 'tcp', instance: 'gateway-1' });
    expect(client.heard).toEqual([]);
    const asked = worker.control('cti.request.status');
    await client.accept('cti.request.status');
    client.event('cti.status', 'tcp.CONTROL', { status: 'STARTED' });
    await asked;
    await eventually(() => worker.statuses.length > 0);
    expect(worker.heard.slice(0, 2)).toEqual(['answer cti.request.status', 'event cti.status']);
    expect(worker.statuses[0]).toMatchObject({ status: 'STARTED', instance: 'gateway-1', sessions: 0 });
    const can = worker.control('cti.query.capabilities');
    await client.accept('cti.query.capabilities', { 'chat-supported': false });
    expect((await can).body).toEqual({ 'chat-supported': false });
    expect(client.heard.map(({ header }) => header.name)).toEqual([
      'cti.request.status',
      'cti.query.capabilities',
    ]);
    expect(client.heard[0]?.header.target).toBe('tcp.CONTROL');
  });

  it('gets questions as they were asked and answers them in any order, several under way', async () => {
    const set = await setUp();
    const client = await inSession(set);
    const asked = ['a', 'b'].map((reasoncode) =>
      set.worker.ask('channel.request.notready', CHANNEL, { reasoncode, reasondesc: WIDE }),
    );
    const questions = [
      await client.question('channel.request.notready'),
      await client.question('channel.request.notready'),
    ];
    expect(questions.map(({ body }) => body)).toEqual([
      { reasoncode: 'a', reasondesc: WIDE },
      { reasoncode: 'b', reasondesc: WIDE },
    ]);
    for (const one of questions.reverse()) {
      client.say({
        header: { ...answerSuccess(one).header, result: 'FAILURE', errorMessage: one.body.reasoncode },
        body: {},
      });
    }
    expect((await Promise.all(asked)).map(({ errorMessage }) => errorMessage)).toEqual(['a', 'b']);
  });

  it('may cut and join its frames at will, characters of several bytes included', async () => {
    const set = await setUp();
    const events = set.worker.own(SESSION);
    const client = await inSession(set);
    const say = (reason: string) =>
      encodeFrame(
        JSON.stringify({
          header: { type: 'cti.event', name: 'session.ended', target: SESSION },
          body: { reason },
        }),
      );
    for (const byte of say(WIDE)) client.sayBytes(Uint8Array.of(byte));
    client.sayBytes(new Uint8Array(Buffer.concat([say('1'), new Uint8Array(4), say('2'), say(WIDE)])));
    await eventually(() => events.length === 4);
    expect(events.map(({ body, ctiSeq }) => [body.reason, ctiSeq])).toEqual([
      [WIDE, 1],
      ['1', 2],
      ['2', 3],
      [WIDE, 4],
    ]);
  });

  it('may announce the same thing twice: it is for the owner to know', async () => {
    const set = await setUp();
    const events = set.worker.own(SESSION);
    const client = await inSession(set);
    for (const nativeid of ['n1', 'n1', 'n2']) client.event('channel.interaction', CHANNEL, { nativeid });
    await eventually(() => events.length === 3);
    expect(events.map(({ body }) => body.nativeid)).toEqual(['n1', 'n1', 'n2']);
  });

  it('may send anything: it is dropped and counted, and what is right goes on', async () => {
    const set = await setUp();
    const events = set.worker.own(SESSION);
    const client = await inSession(set);
    for (const text of ['{', '[]', '{"body":{}}', '{"header":{"type":"cti.event"},"body":{}}'])
      client.sayText(text);
    client.event('channel.interaction', CHANNEL, { nativeid: ['n'] });
    client.event('channel.interaction', SESSION, { nativeid: 'n' });
    client.event('channel.activated', '01900000-0000-7000-8000-000000000002.g.c');
    client.event('cti.status', 'other.CONTROL', { status: 'STOPPED' });
    client.event('cti.status', 'tcp.CONTROL', { status: 'ASLEEP' });
    client.event('channel.activated', CHANNEL);
    await eventually(() => events.length === 1);
    expect(events).toMatchObject([{ name: 'channel.activated', ctiSeq: 1 }]);
    expect(set.counted.filter((name) => name === 'messages_malformed')).toHaveLength(4);
    expect(set.counted.filter((name) => name.startsWith('events_') && name !== 'events_sent')).toHaveLength(
      4,
    );
    expect(set.counted).toContain('messages_unexpected');
  });

  it('fails a question by an answer that is too large; its events that are too large are dropped', async () => {
    const set = await setUp();
    const events = set.worker.own(SESSION);
    const client = await inSession(set);
    const asked = set.worker.ask('channel.query.dispositions', CHANNEL);
    await client.accept('channel.query.dispositions', { dispositions: [], more: 'x'.repeat(MAX_BYTES) });
    expect(await asked).toMatchObject({ result: 'FAILURE', answer: 'final' });
    expect((await asked).errorMessage).toContain(`${MAX_BYTES} is the limit`);
    client.event('session.ended', SESSION, { reason: 'x'.repeat(MAX_BYTES) });
    client.event('session.ended', SESSION, { reason: 'fits' });
    await eventually(() => events.length === 1);
    expect(events).toMatchObject([{ body: { reason: 'fits' }, ctiSeq: 1 }]);
    expect(set.counted.filter((name) => name === 'messages_oversized')).toHaveLength(2);
  });

  it('may flood: only the newest is kept, and the owner sees a gap', async () => {
    const set = await setUp();
    const client = await inSession(set);
    const unheard = 1_500;
    for (let n = 1; n <= unheard; n += 1) client.event('session.ended', SESSION, { reason: String(n) });
    await eventually(() => set.counted.includes('event_queues_dropped'));
    const asked = set.worker.control('cti.query.capabilities');
    await client.accept('cti.query.capabilities');
    await asked;
    const events = set.worker.own(SESSION);
    await eventually(() => events.at(-1)?.ctiSeq === unheard);
    expect(events.length).toBeLessThan(unheard);
    expect(events.at(-1)?.body).toEqual({ reason: String(unheard) });
  });
});

describe('an adapter on TCP that goes', () => {
  it('leaves its questions unanswered: they are told so, and its status is STOPPED', async () => {
    const set = await setUp();
    const client = await inSession(set);
    const asked = set.worker.ask('session.query.directory', SESSION);
    await client.question('session.query.directory');
    client.close();
    expect((await asked).answer).toBe('unknown-session');
    await eventually(() => set.worker.statuses.at(-1)?.status === 'STOPPED');
    expect(set.worker.statuses.at(-1)?.reason).toBe('the adapter closed the connection');
  });

  it('is another one when it comes again: a new incarnation, and numbers from 1', async () => {
    const set = await setUp();
    const events = set.worker.own(SESSION);
    const first = await inSession(set);
    first.event('channel.activated', CHANNEL);
    await eventually(() => events.length === 1);
    first.close();
    await eventually(() => set.worker.statuses.at(-1)?.status === 'STOPPED');
    const second = await started(set);
    const [before, after] = [set.worker.hellos[0], set.worker.hellos.at(-1)];
    expect(after?.instance).toBe(before?.instance);
    expect(after?.incarnation).not.toBe(before?.incarnation);
    const unknown = await set.worker.ask('session.query.directory', SESSION);
    expect(unknown.answer).toBe('unknown-session');
    const later = set.worker.own(SESSION);
    await createSession(set.worker, second);
    second.event('channel.deactivated', CHANNEL);
    await eventually(() => later.length === 1);
    expect(later).toMatchObject([{ name: 'channel.deactivated', ctiSeq: 1 }]);
  });

  it('hears that the gateway stops, and so do the workers', async () => {
    const set = await setUp();
    const client = await inSession(set);
    const stopped = set.gateway.stop();
    expect((await client.accept('cti.request.serverstatus')).body).toEqual({ status: 'STOPPING' });
    await stopped;
    await client.closed;
    await eventually(() => set.worker.statuses.at(-1)?.status === 'STOPPED');
    expect(set.worker.statuses.map(({ status }) => status)).toContain('STOPPING');
  });
});
