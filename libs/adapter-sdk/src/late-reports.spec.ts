import { createMemoryNetwork } from '@cordboard/bus';
import { ok, type Result } from '@cordboard/kernel';
import { bridgeWorker, sequentialIds, virtualClock } from '@cordboard/testing';
import {
  type AdapterCounter,
  type AdapterReport,
  type ChannelReading,
  createAdapter,
  natsLink,
} from './index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const PHONE = { agent: '1001', group: 'team', channel: '1001' };
const CHAT = { ...PHONE, channel: '1001-chat' };

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const IDLE: ChannelReading = { state: 'ACTIVE', interactions: [] };

/** A session with the channel H read, and a request under way that holds reports back for two seconds. */
const setUp = async () => {
  const network = createMemoryNetwork();
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
    link: natsLink({ ...ports, ...WHERE, ids: sequentialIds(), bus: network.connect() }),
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
  const worker = bridgeWorker(network.connect(), WHERE);
  adapter.start();
  const add = (id: string, nativeid: string) =>
    worker.ask('channelgroup.request.addchannel', `${S}.G`, { id, nativeid, type: 'TELEPHONY' });
  const read = (id: string) => worker.ask('channel.query.init', `${S}.G.${id}`);
  const remove = (id: string) => worker.ask('channelgroup.request.removechannel', `${S}.G`, { id });
  await worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  await worker.ask('session.query.init', S, { name: '', chat: false, email: false, callback: false });
  await worker.ask('session.request.addchannelgroup', S, { id: 'G', nativeid: 'team' });
  await worker.ask('channelgroup.query.init', `${S}.G`);
  await add('H', '1001');
  await read('H');
  const events = worker.own(S);
  worker.askMany('session.request.logout', S, {});
  await settle();
  return {
    ...{ worker, events, dropped, add, read, remove, report: adapter.report },
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

describe('a report that waits', () => {
  it.each<readonly [string, (report: AdapterReport) => void]>([
    ['of the channel', (report) => report.channelDisposed(PHONE)],
    ['of what is below it', (report) => report.interactionEnded({ ...PHONE, interaction: 'call' })],
  ])('%s never reaches the successor under the same native id', async (_, tell) => {
    const { worker, events, dropped, add, read, remove, report, release } = await setUp();
    await worker.ask('channel.request.createinteraction', `${S}.G.H`, { id: 'I', nativeid: 'call' });
    await worker.ask('interaction.query.init', `${S}.G.H.I`);
    tell(report);
    await remove('H');
    tell(report);
    await add('H2', '1001');
    await read('H2');
    await worker.ask('channel.request.createinteraction', `${S}.G.H2`, { id: 'I2', nativeid: 'call' });
    await worker.ask('interaction.query.init', `${S}.G.H2.I2`);
    report.ready(PHONE);
    await release();
    expect(said(events)).toEqual(['channel.ready G.H2']);
    expect(dropped).toEqual([1, 1]);
  });

  it('reaches its object when that was registered and read meanwhile', async () => {
    const { events, dropped, add, read, report, release } = await setUp();
    report.ready(CHAT);
    await add('C', '1001-chat');
    report.notReady(CHAT);
    await read('C');
    await release();
    expect([said(events), dropped]).toEqual([['channel.ready G.C', 'channel.notready G.C'], []]);
  });

  it('for a channel being read is not let out by the reading of its predecessor', async () => {
    const { worker, events, add, remove, report, release, makeSlow, finishReading } = await setUp();
    await remove('H');
    await add('H2', '1001');
    makeSlow();
    worker.askMany('channel.query.init', `${S}.G.H2`, {});
    await settle();
    await remove('H2');
    await add('H3', '1001');
    worker.askMany('channel.query.init', `${S}.G.H3`, {});
    report.ready(PHONE);
    await release();
    finishReading();
    await settle();
    expect(events).toEqual([]);
    finishReading();
    await settle();
    expect(said(events)).toEqual(['channel.ready G.H3']);
  });
});
