import { ok, type Result } from '@cordboard/kernel';
import { adapterDesk, virtualClock } from '@cordboard/testing';
import {
  type AdapterCounter,
  type AdapterReport,
  type ChannelReading,
  createAdapter,
  natsLink,
  tcpLink,
} from './index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const PHONE = { agent: '1001', group: 'team', channel: '1001' };
const CHAT = { ...PHONE, channel: '1001-chat' };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const IDLE: ChannelReading = { state: 'ACTIVE', interactions: [] };

/** A session with the channel H read, and a request under way that holds reports back for two seconds. */
const setUp = async (carrier: 'NATS' | 'TCP') => {
  const desk = await adapterDesk(carrier, WHERE);
  const { settle } = desk;
  ends.push(desk.close);
  const clock = virtualClock();
  const dropped: number[] = [];
  const count = (counter: AdapterCounter, by = 1): void => {
    if (counter === 'events_dropped') dropped.push(by);
  };
  const slowReadings: (() => void)[] = [];
  let isSlow = false;
  const readChannel = () =>
    isSlow
      ? new Promise<Result<ChannelReading, string>>((resolve) => slowReadings.push(() => resolve(ok(IDLE))))
      : ok(IDLE);
  const quiet = () => undefined;
  const ports = { clock, logger: { info: quiet, warn: quiet, error: quiet }, metrics: { count } };
  const adapter = createAdapter({
    ...ports,
    processor: 'sim',
    link:
      'bus' in desk.by
        ? natsLink({ ...ports, ...WHERE, ...desk.by })
        : tcpLink({ ...ports, ...WHERE, ...desk.by }),
    handlers: {
      capabilities: () => ({}),
      validateAgent: () => ok(undefined),
      createSession: () => ok({}),
      readSession: () => ok({ groups: [{ id: 'team' }] }),
      readGroup: () => ok({ channels: [{ endPoint: '1001', type: 'TELEPHONY' }] }),
      readChannel,
      readInteraction: () => ok({ state: 'STARTED', data: {} }),
      readConversation: () => ok({ state: 'TALKING', parties: [] }),
      logOut: () => new Promise(() => undefined),
    },
  });
  adapter.start();
  await desk.ready();
  const add = (id: string, nativeid: string) =>
    desk.ask('channelgroup.request.addchannel', `${S}.G`, { id, nativeid, type: 'TELEPHONY' });
  const read = (id: string) => desk.ask('channel.query.init', `${S}.G.${id}`);
  const remove = (id: string) => desk.ask('channelgroup.request.removechannel', `${S}.G`, { id });
  await desk.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  await desk.ask('session.query.init', S, { name: '', chat: false, email: false, callback: false });
  await desk.ask('session.request.addchannelgroup', S, { id: 'G', nativeid: 'team' });
  await desk.ask('channelgroup.query.init', `${S}.G`);
  await add('H', '1001');
  await read('H');
  const events = desk.own(S);
  desk.askMany('session.request.logout', S, {});
  await settle();
  return {
    ...{ desk, settle, events, dropped, add, read, remove, report: adapter.report },
    /** Lets out what was held behind the answer. */
    release: async () => {
      clock.advance(2_000);
      await settle();
    },
    makeSlow: () => (isSlow = true),
    finishReading: () => slowReadings.shift()?.(),
  };
};

const said = (events: readonly { readonly name: string; readonly target: string }[]) =>
  events.map(({ name, target }) => `${name} ${target.slice(S.length + 1)}`);

describe.each(['NATS', 'TCP'] as const)('over %s, a report that waits', (carrier) => {
  it.each<readonly [string, (report: AdapterReport) => void]>([
    ['of the channel', (report) => report.channelDisposed(PHONE)],
    ['of what is below it', (report) => report.interactionEnded({ ...PHONE, interaction: 'call' })],
  ])('%s never reaches the successor under the same native id', async (_, tell) => {
    const { desk, events, dropped, add, read, remove, report, release } = await setUp(carrier);
    await desk.ask('channel.request.createinteraction', `${S}.G.H`, { id: 'I', nativeid: 'call' });
    await desk.ask('interaction.query.init', `${S}.G.H.I`);
    tell(report);
    await remove('H');
    tell(report);
    await add('H2', '1001');
    await read('H2');
    await desk.ask('channel.request.createinteraction', `${S}.G.H2`, { id: 'I2', nativeid: 'call' });
    await desk.ask('interaction.query.init', `${S}.G.H2.I2`);
    report.ready(PHONE);
    await release();
    expect(said(events)).toEqual(['channel.ready G.H2']);
    expect(dropped).toEqual([1, 1]);
  });

  it('reaches its object when that was registered and read meanwhile', async () => {
    const { events, dropped, add, read, report, release } = await setUp(carrier);
    report.ready(CHAT);
    await add('C', '1001-chat');
    report.notReady(CHAT);
    await read('C');
    await release();
    expect([said(events), dropped]).toEqual([['channel.ready G.C', 'channel.notready G.C'], []]);
  });

  it('for a channel being read is not let out by the reading of its predecessor', async () => {
    const { desk, settle, events, add, remove, report, release, makeSlow, finishReading } =
      await setUp(carrier);
    await remove('H');
    await add('H2', '1001');
    makeSlow();
    desk.askMany('channel.query.init', `${S}.G.H2`, {});
    await settle();
    await remove('H2');
    await add('H3', '1001');
    desk.askMany('channel.query.init', `${S}.G.H3`, {});
    report.ready(PHONE);
    await release();
    finishReading();
    await settle();
    expect(events).toEqual([]);
    finishReading();
    await settle();
    expect(said(events)).toEqual(['channel.ready G.H3']);
  });

  it('for an object that came, went and came again meanwhile was for the first', async () => {
    const { events, dropped, add, read, remove, report, release } = await setUp(carrier);
    report.ready(CHAT);
    await add('C', '1001-chat');
    await read('C');
    await remove('C');
    await add('C2', '1001-chat');
    await read('C2');
    report.notReady(CHAT);
    await release();
    expect([said(events), dropped]).toEqual([['channel.notready G.C2'], [1]]);
  });
});

describe.each(['NATS', 'TCP'] as const)('over %s, a new createsession', (carrier) => {
  it('makes a reading from before it open nothing', async () => {
    const { desk, settle, events, add, report, release, makeSlow, finishReading } = await setUp(carrier);
    await add('C', '1001-chat');
    makeSlow();
    desk.askMany('channel.query.init', `${S}.G.C`);
    await settle();
    await desk.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
    await add('C', '1001-chat');
    report.ready(CHAT);
    await release();
    finishReading();
    await settle();
    expect(events).toEqual([]);
    desk.askMany('channel.query.init', `${S}.G.C`);
    await settle();
    finishReading();
    await settle();
    expect(said(events)).toEqual(['channel.ready G.C']);
  });

  it('frees the ids that are not registered again, and keeps the others', async () => {
    const { desk, settle, events, add, read, report, release } = await setUp(carrier);
    await add('C', '1001-chat');
    await read('C');
    expect(await add('C2', '1001-chat')).toMatchObject({ result: 'FAILURE' });
    for (let time = 0; time < 2; time += 1) {
      await desk.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
      await desk.ask('session.request.addchannelgroup', S, { id: 'G', nativeid: 'team' });
      expect(await add('H', '1001')).toMatchObject({ result: 'SUCCESS' });
      expect(await add('C2', '1001-chat')).toMatchObject({ result: 'SUCCESS' });
    }
    await read('C2');
    report.ready(CHAT);
    report.notReady(PHONE);
    await release();
    expect(said(events)).toEqual(['channel.ready G.C2']);
    expect(await read('C')).toMatchObject({ result: 'FAILURE', errorMessage: 'unknown target' });
    await read('H');
    await settle();
    expect(said(events)).toEqual(['channel.ready G.C2', 'channel.notready G.H']);
  });
});
