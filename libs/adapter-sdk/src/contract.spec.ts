import { err, ok } from '@cordboard/kernel';
import { adapterDesk, quietHandlers, virtualClock } from '@cordboard/testing';
import { type AdapterCounter, type AdapterHandlers, createAdapter, natsLink, tcpLink } from './index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const OTHER = '01890000-0000-7000-8000-000000000002';
const PHONE = { agent: '1001', group: 'team', channel: '1001' };
const LEG = { ...PHONE, interaction: 'leg' };
const TALK = { ...LEG, conversation: 'talk' };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const setUp = async (carrier: 'NATS' | 'TCP', change: Partial<AdapterHandlers> = {}) => {
  const desk = await adapterDesk(carrier, WHERE);
  const { settle } = desk;
  ends.push(desk.close);
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
    link:
      'bus' in desk.by
        ? natsLink({ ...ports, ...WHERE, ...desk.by })
        : tcpLink({ ...ports, ...WHERE, ...desk.by }),
  });
  adapter.start();
  await desk.ready();

  const login = (session = S, agent = '1001') =>
    desk.control('cti.request.createsession', { id: session, agent: { id: agent } });
  /** Registers and reads everything down to the channel. */
  const open = async (session = S) => {
    await login(session);
    const options = { name: 'telephony', chat: false, email: false, callback: false };
    await desk.ask('session.query.init', session, options);
    await desk.ask('session.request.addchannelgroup', session, { id: 'G', nativeid: 'team' });
    await desk.ask('channelgroup.query.init', `${session}.G`);
    const channel = { id: 'H', nativeid: '1001', type: 'TELEPHONY' };
    await desk.ask('channelgroup.request.addchannel', `${session}.G`, channel);
    return desk.ask('channel.query.init', `${session}.G.H`);
  };
  const openCall = async () => {
    await desk.ask('channel.request.createinteraction', `${S}.G.H`, { id: 'I', nativeid: 'leg' });
    await desk.ask('interaction.query.init', `${S}.G.H.I`);
    await desk.ask('interaction.request.createconversation', `${S}.G.H.I`, { id: 'V', nativeid: 'talk' });
    return desk.ask('conversation.query.init', `${S}.G.H.I.V`);
  };
  return { adapter, desk, settle, clock, called, counts, login, open, openCall };
};

const names = (events: readonly { readonly name: string }[]) => events.map(({ name }) => name);

describe.each(['NATS', 'TCP'] as const)('over %s, the control destination', (carrier) => {
  it('answers capabilities, logins and agents', async () => {
    const { desk } = await setUp(carrier);
    expect((await desk.control('cti.query.capabilities')).body).toEqual({ 'mute-supported': true });
    const good = await desk.control('cti.query.validateagent', { id: '1001', password: 'demo' });
    const bad = await desk.control('cti.query.validateagent', { id: '1001', password: 'x' });
    expect([good.result, bad.result, bad.errorMessage]).toEqual(['SUCCESS', 'FAILURE', 'wrong password']);
    const info = await desk.control('cti.query.agentinfo', { id: '1001' });
    expect(info.body).toEqual({ agent: { id: '1001', name: 'Agent 1001' } });
    expect(await desk.control('cti.request.serverstatus', { status: 'STOPPING' })).toMatchObject({
      result: 'SUCCESS',
    });
  });

  it('takes the same session again and refuses it for another agent', async () => {
    const { login, called } = await setUp(carrier);
    expect(await login()).toMatchObject({ result: 'SUCCESS', body: { nativeid: '1001' } });
    expect(await login()).toMatchObject({ result: 'SUCCESS' });
    expect(await login(S, '1002')).toMatchObject({ result: 'FAILURE' });
    expect(called).toEqual(['createSession 1001', 'createSession 1001']);
  });

  it('lets a refused login be tried again', async () => {
    const refusals = ['login refused'];
    const { login } = await setUp(carrier, {
      createSession: () => {
        const why = refusals.pop();
        return why === undefined ? ok({}) : err(why);
      },
    });
    expect(await login()).toMatchObject({ result: 'FAILURE', errorMessage: 'login refused' });
    expect(await login()).toMatchObject({ result: 'SUCCESS' });
  });

  it('takes no session unless the switch is STARTED', async () => {
    const { login, adapter } = await setUp(carrier);
    adapter.setStatus('STOPPED');
    expect(await login()).toMatchObject({ result: 'FAILURE', errorMessage: 'the switch is stopped' });
  });

  it('lets a new session of an agent displace the one before', async () => {
    const { settle, desk, open, login, adapter } = await setUp(carrier);
    await open();
    const before = desk.own(S);
    await login(OTHER);
    adapter.report.ready(PHONE);
    await settle();
    expect(names(before)).toEqual(['session.ended']);
    expect(await desk.ask('channel.request.ready', `${S}.G.H`)).toMatchObject({
      result: 'FAILURE',
      errorMessage: 'unknown session',
    });
  });
});

describe.each(['NATS', 'TCP'] as const)('over %s, registration', (carrier) => {
  it('takes the same pair again and refuses conflicts', async () => {
    const { desk, open } = await setUp(carrier);
    await open();
    const add = (id: string, nativeid: string) =>
      desk.ask('channelgroup.request.addchannel', `${S}.G`, { id, nativeid, type: 'TELEPHONY' });
    expect(await add('H', '1001')).toMatchObject({ result: 'SUCCESS' });
    expect(await add('H', '1002')).toMatchObject({ result: 'FAILURE' });
    expect(await add('H2', '1001')).toMatchObject({ result: 'FAILURE' });
  });

  it('is undone by disposal of the right kind, after which the author hears of it', async () => {
    const gone: object[] = [];
    const { settle, desk, open, adapter } = await setUp(carrier, { disposed: (at) => void gone.push(at) });
    await open();
    const ask = async (name: string, path: string) => (await desk.ask(name, path)).result;
    expect(await ask('conversation.request.dispose', `${S}.G.H`)).toBe('FAILURE');
    expect(await ask('channel.request.dispose', `${S}.G.H`)).toBe('SUCCESS');
    expect(await ask('channel.request.ready', `${S}.G.H`)).toBe('FAILURE');
    const events = desk.own(S);
    adapter.report.sessionEnded({ agent: '1001' });
    expect(await ask('session.request.dispose', S)).toBe('SUCCESS');
    expect(gone).toEqual([PHONE, { agent: '1001' }]);
    adapter.report.sessionEnded({ agent: '1001' });
    await settle();
    expect(names(events)).toEqual(['session.ended']);
  });

  it('names a request that has no handler', async () => {
    const { desk, open } = await setUp(carrier);
    await open();
    expect(await desk.ask('channel.request.activate', `${S}.G.H`)).toMatchObject({
      result: 'FAILURE',
      errorMessage: 'channel.request.activate is not supported by this adapter',
    });
  });

  it('turns what a handler throws, or never answers, into a refusal', async () => {
    const { settle, desk, open, clock } = await setUp(carrier, {
      ready: () => {
        throw new Error('broken');
      },
      accept: () => new Promise(() => undefined),
    });
    await open();
    expect(await desk.ask('channel.request.ready', `${S}.G.H`)).toMatchObject({ result: 'FAILURE' });
    await desk.ask('channel.request.createinteraction', `${S}.G.H`, { id: 'I', nativeid: 'leg' });
    const late = desk.askMany('interaction.request.accept', `${S}.G.H.I`, {});
    await settle();
    expect(late).toEqual([]);
    clock.advance(120_000);
    await settle();
    expect(late[0]).toMatchObject({ result: 'FAILURE' });
  });
});

describe.each(['NATS', 'TCP'] as const)('over %s, events', (carrier) => {
  it('follow the answer to the request that caused them', async () => {
    const kit = await setUp(carrier, {
      accept: () => {
        kit.adapter.report.talking(TALK);
        return ok(undefined);
      },
    });
    await kit.open();
    await kit.openCall();
    kit.desk.own(S);
    await kit.desk.ask('interaction.request.accept', `${S}.G.H.I`);
    await kit.settle();
    expect(kit.desk.heard.slice(-2)).toEqual([
      'answer interaction.request.accept',
      'event conversation.talking',
    ]);
  });

  it('wait two seconds at most for a slow answer', async () => {
    const { settle, desk, open, adapter, clock } = await setUp(carrier, {
      ready: () => new Promise(() => undefined),
    });
    await open();
    const events = desk.own(S);
    desk.askMany('channel.request.ready', `${S}.G.H`, {});
    await settle();
    adapter.report.channelDeactivated(PHONE);
    clock.advance(1_999);
    await settle();
    expect(events).toEqual([]);
    clock.advance(1);
    await settle();
    expect(names(events)).toEqual(['channel.deactivated']);
  });

  it('of an agent without a session are counted and dropped', async () => {
    const { adapter, counts } = await setUp(carrier);
    adapter.report.ready(PHONE);
    expect(counts.get('events_dropped')).toBe(1);
  });
});
