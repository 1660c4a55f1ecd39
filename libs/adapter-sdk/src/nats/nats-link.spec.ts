import { createMemoryNetwork, subjects } from '@cordboard/bus';
import { err, type Result } from '@cordboard/kernel';
import { bridgeWorker, quietHandlers, sequentialIds, virtualClock } from '@cordboard/testing';
import { type AdapterCounter, type AdapterHandlers, createAdapter, natsLink } from '../index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const OTHER = '01890000-0000-7000-8000-000000000002';
const PHONE = { agent: '1001', group: 'team', channel: '1001' };
const LEG = { ...PHONE, interaction: 'leg' };
const TALK = { ...LEG, conversation: 'talk' };

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const setUp = (change: Partial<AdapterHandlers> = {}) => {
  const network = createMemoryNetwork();
  const clock = virtualClock();
  const called: string[] = [];
  const counts = new Map<AdapterCounter, number>();
  const ports = {
    clock,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    metrics: {
      count: (counter: AdapterCounter, by = 1) => void counts.set(counter, (counts.get(counter) ?? 0) + by),
    },
  };
  const adapter = createAdapter({
    ...ports,
    processor: 'sim',
    handlers: { ...quietHandlers(called), ...change },
    link: natsLink({ ...ports, ...WHERE, ids: sequentialIds(), bus: network.connect() }),
  });
  const bus = network.connect();
  const worker = bridgeWorker(bus, WHERE);
  adapter.start();

  const login = (session = S, agent = '1001', asking = {}) =>
    worker.control('cti.request.createsession', { id: session, agent: { id: agent } }, asking);
  /** Registers and reads everything down to the channel. */
  const open = async (session = S) => {
    await login(session);
    const options = { name: 'telephony', chat: false, email: false, callback: false };
    await worker.ask('session.query.init', session, options);
    await worker.ask('session.request.addchannelgroup', session, { id: 'G', nativeid: 'team' });
    await worker.ask('channelgroup.query.init', `${session}.G`);
    const channel = { id: 'H', nativeid: '1001', type: 'TELEPHONY' };
    await worker.ask('channelgroup.request.addchannel', `${session}.G`, channel);
    return worker.ask('channel.query.init', `${session}.G.H`);
  };
  const openCall = async () => {
    await worker.ask('channel.request.createinteraction', `${S}.G.H`, { id: 'I', nativeid: 'leg' });
    await worker.ask('interaction.query.init', `${S}.G.H.I`);
    await worker.ask('interaction.request.createconversation', `${S}.G.H.I`, { id: 'V', nativeid: 'talk' });
    return worker.ask('conversation.query.init', `${S}.G.H.I.V`);
  };
  return { adapter, bus, worker, clock, called, counts, login, open, openCall, network };
};

const names = (events: readonly { readonly name: string }[]) => events.map(({ name }) => name);

describe('presence', () => {
  it('says hello at once and every five seconds', async () => {
    const { worker, clock } = setUp();
    await settle();
    expect(worker.hellos).toEqual([
      { processor: 'sim', instance: 'sim-1', incarnation: expect.any(String) as string },
    ]);
    clock.advance(10_000);
    await settle();
    expect(worker.hellos).toHaveLength(3);
  });

  it('answers the status request first, then says the status, every second and on change', async () => {
    const { worker, clock, adapter } = setUp();
    clock.advance(3_000);
    await settle();
    expect(worker.statuses).toEqual([]);
    await worker.control('cti.request.status');
    await settle();
    expect(worker.heard).toEqual(['answer cti.request.status', 'event cti.status']);
    expect(worker.statuses[0]).toMatchObject({ status: 'STARTED', instance: 'sim-1', sessions: 0 });
    clock.advance(2_000);
    adapter.setStatus('STOPPED', 'link lost');
    await settle();
    expect(worker.statuses).toHaveLength(4);
    expect(worker.statuses[3]).toMatchObject({ status: 'STOPPED', reason: 'link lost' });
  });

  it('finishes what is under way, says STOPPED and falls silent', async () => {
    const { worker, clock, adapter } = setUp();
    await worker.control('cti.request.status');
    const stopped = adapter.stop();
    clock.advance(100);
    await stopped;
    await settle();
    expect(worker.statuses.map(({ status }) => status)).toEqual(['STARTED', 'STOPPING', 'STOPPED']);
    clock.advance(20_000);
    await settle();
    expect(worker.statuses).toHaveLength(3);
    await expect(worker.control('cti.request.status')).rejects.toThrow('nobody took');
  });
});

describe('a request', () => {
  it('is carried out once however often it comes', async () => {
    const { worker, open, called } = setUp();
    await open();
    const dial = () =>
      worker.ask('channel.request.dial', `${S}.G.H`, { destination: '5550100' }, { requestId: 'r1' });
    expect(await dial()).toMatchObject({ answer: 'final', result: 'SUCCESS' });
    expect(await dial()).toMatchObject({ answer: 'final', result: 'SUCCESS' });
    expect(called.filter((call) => call.startsWith('dial'))).toEqual(['dial 5550100']);
  });

  it('under way gives its one answer to every repeat, and tells a probe that it is pending', async () => {
    let finish: (answer: Result<void, string>) => void = () => undefined;
    const ready = () => new Promise<Result<void, string>>((resolve) => (finish = resolve));
    const { worker, open } = setUp({ ready });
    await open();
    const path = `${S}.G.H`;
    const first = worker.askMany('channel.request.ready', path, { requestId: 'r1' });
    const second = worker.askMany('channel.request.ready', path, { requestId: 'r1' });
    const probe = worker.askMany('channel.request.ready', path, { requestId: 'r1', probe: true, epoch: 2 });
    await settle();
    expect([first, second]).toEqual([[], []]);
    expect(probe).toMatchObject([{ answer: 'pending' }]);
    finish(err('not today'));
    await settle();
    const refused = { answer: 'final', result: 'FAILURE', errorMessage: 'not today' };
    expect([first, second, probe]).toMatchObject([[refused], [refused], [{ answer: 'pending' }, refused]]);
  });

  it('is only looked up by a probe', async () => {
    const { worker, open, called } = setUp();
    await open();
    const dial = (asking: object) =>
      worker.ask('channel.request.dial', `${S}.G.H`, { destination: '5550100' }, asking);
    await dial({ requestId: 'r1' });
    expect(await dial({ requestId: 'r1', probe: true })).toMatchObject({
      answer: 'final',
      result: 'SUCCESS',
    });
    expect(called.filter((call) => call.startsWith('dial'))).toHaveLength(1);
  });

  it('that comes after a probe for it is not carried out', async () => {
    const { worker, open, called, login, clock } = setUp();
    await open();
    const ready = (asking: object) => worker.ask('channel.request.ready', `${S}.G.H`, {}, asking);
    const create = (asking: object) => login(OTHER, '1002', asking);
    const before = called.length;
    for (const ask of [ready, create]) {
      for (const probe of [true, false, true])
        expect(await ask({ requestId: `late ${ask.name}`, probe })).toMatchObject({ answer: 'never-seen' });
    }
    expect(called.slice(before)).toEqual([]);
    clock.advance(60_000);
    expect(await create({ requestId: 'next' })).toMatchObject({ answer: 'final', result: 'SUCCESS' });
  });

  it('of an earlier owner is stale', async () => {
    const { worker, open, called } = setUp();
    await open();
    const ready = (epoch: number) => worker.ask('channel.request.ready', `${S}.G.H`, {}, { epoch });
    expect(await ready(3)).toMatchObject({ answer: 'final', result: 'SUCCESS' });
    expect(await ready(2)).toMatchObject({ answer: 'stale', result: 'FAILURE' });
    expect(called.filter((call) => call.startsWith('ready'))).toHaveLength(1);
  });

  it('is remembered for ten minutes', async () => {
    const { worker, open, called, clock } = setUp();
    await open();
    const ready = () => worker.ask('channel.request.ready', `${S}.G.H`, {}, { requestId: 'r1' });
    await ready();
    clock.advance(599_999);
    await ready();
    expect(called.filter((call) => call.startsWith('ready'))).toHaveLength(1);
    clock.advance(1);
    await ready();
    expect(called.filter((call) => call.startsWith('ready'))).toHaveLength(2);
  });

  it('of a session that this adapter never had is unknown-session', async () => {
    const { worker } = setUp();
    expect(await worker.ask('conversation.request.hold', `${S}.G.H.I.V`, {}, { probe: true })).toMatchObject({
      answer: 'unknown-session',
      result: 'FAILURE',
    });
  });

  it('beyond 256 under way is refused', async () => {
    const { worker, open } = setUp({ ready: () => new Promise(() => undefined) });
    await open();
    for (let count = 0; count < 256; count += 1) worker.askMany('channel.request.ready', `${S}.G.H`, {});
    expect(await worker.ask('channel.request.ready', `${S}.G.H`)).toMatchObject({ result: 'FAILURE' });
  });
});

describe('registration', () => {
  it('refuses unknown targets, but for disposal', async () => {
    const { worker, open } = setUp();
    await open();
    const ask = async (name: string, path: string, body = {}) => (await worker.ask(name, path, body)).result;
    expect(await ask('channel.request.ready', `${S}.G.X`)).toBe('FAILURE');
    expect(
      await ask('interaction.request.createconversation', `${S}.G.H.X`, { id: 'V', nativeid: 'n' }),
    ).toBe('FAILURE');
    expect(await ask('channel.request.dispose', `${S}.G.X`)).toBe('SUCCESS');
    expect(await ask('channelgroup.request.removechannel', `${S}.G`, { id: 'X' })).toBe('SUCCESS');
    expect(await ask('session.request.dispose', OTHER)).toBe('SUCCESS');
    expect(await worker.ask('channel.request.ready', `${OTHER}.G.H`)).toMatchObject({
      answer: 'unknown-session',
    });
  });

  it('refuses ill-formed bodies and drops what cannot be read', async () => {
    const { worker, open, counts, bus } = setUp();
    await open();
    const answer = await worker.ask('channel.request.dial', `${S}.G.H`);
    expect(answer).toMatchObject({
      result: 'FAILURE',
      errorMessage: expect.stringContaining('destination') as string,
    });
    for (const text of ['', '{', '[]', '{"header":{}}', 'x'.repeat(300_000)]) {
      bus.publish(subjects.ctiControl('demo', 'sim', 'sim-1'), text);
    }
    await settle();
    expect(counts.get('malformed')).toBe(6);
    expect(await worker.control('cti.query.capabilities')).toMatchObject({ result: 'SUCCESS' });
  });
});

describe('events', () => {
  it('are held until the object was read, then go out in order, numbered from 1', async () => {
    const { worker, open, openCall, adapter } = setUp();
    const events = worker.own(S);
    await open();
    adapter.report.interactionOffered(PHONE, 'leg');
    adapter.report.ringing(TALK);
    adapter.report.started(TALK);
    adapter.report.talking(TALK);
    await settle();
    expect(names(events)).toEqual(['channel.interaction']);
    await openCall();
    await settle();
    expect(names(events).slice(1)).toEqual([
      'conversation.ringing',
      'conversation.started',
      'conversation.talking',
    ]);
    expect(events.map(({ ctiSeq }) => ctiSeq)).toEqual([1, 2, 3, 4]);
    expect(events[3]?.target).toBe(`${S}.G.H.I.V`);
  });

  it('go to the claim group when nobody owns the session', async () => {
    const { worker, open, adapter } = setUp();
    await open();
    const claimed = worker.takeClaims();
    adapter.report.ready(PHONE, true);
    await settle();
    expect(claimed).toEqual([{ name: 'channel.ready', target: `${S}.G.H`, body: { busy: true }, ctiSeq: 1 }]);
  });

  it('are dropped when the owner refuses them, and the next one follows', async () => {
    const { worker, open, adapter, counts } = setUp();
    await open();
    const events = worker.own(S, { ok: false, code: 'SESSION_CLOSED' });
    adapter.report.ready(PHONE);
    adapter.report.notReady(PHONE, { code: 'break' });
    await settle();
    expect(names(events)).toEqual(['channel.ready', 'channel.notready']);
    expect(counts.get('events_refused')).toBe(2);
  });

  it('stop after dispose, and begin at 1 again after a new createsession', async () => {
    const { worker, open, openCall, adapter, counts } = setUp();
    await open();
    await openCall();
    const events = worker.own(S);
    await worker.ask('conversation.request.dispose', `${S}.G.H.I.V`);
    adapter.report.ended(TALK);
    adapter.report.ready(PHONE);
    await settle();
    expect(names(events)).toEqual(['channel.ready']);
    expect(counts.get('events_dropped')).toBe(1);
    events.length = 0;
    await open();
    adapter.report.notReady(PHONE);
    await settle();
    expect(events).toMatchObject([{ name: 'channel.notready', ctiSeq: 1 }]);
  });

  it('are given up beyond a thousand, with a metric', async () => {
    const { worker, open, adapter, counts } = setUp();
    await open();
    worker.own(S, 'silent');
    for (let count = 0; count < 1_001; count += 1) adapter.report.ready(PHONE);
    await settle();
    expect(counts.get('event_queues_dropped')).toBe(1);
  });
});
