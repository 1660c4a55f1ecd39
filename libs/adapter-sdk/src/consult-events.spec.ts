import { createMemoryNetwork } from '@cordboard/bus';
import { ok, type Result } from '@cordboard/kernel';
import { bridgeWorker, sequentialIds, virtualClock } from '@cordboard/testing';
import { type AdapterHandlers, createAdapter, natsLink } from './index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const SESSION = { agent: '1001' };
const CALL = { ...SESSION, group: 'team', channel: '1001', interaction: 'call' };
const TALK = { ...CALL, conversation: 'talk' };
const ASK = { ...CALL, conversation: 'ask' };
const PATH = `${S}.G.H.I`;
const BOOK = { name: 'Company', groups: [], entries: [] };

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const setUp = async (change: Partial<AdapterHandlers>) => {
  const network = createMemoryNetwork();
  const clock = virtualClock();
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const ports = { clock, logger: { info: log, warn: log, error: log } };
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
      readChannel: () => ok({ state: 'ACTIVE', interactions: ['call'] }),
      readInteraction: () => ok({ state: 'STARTED', data: {}, conversations: { primary: 'talk' } }),
      readConversation: () => ok({ state: 'TALKING', parties: [{ number: '+12025550100' }] }),
      ...change,
    },
  });
  const worker = bridgeWorker(network.connect(), WHERE);
  adapter.start();
  const create = (id: string, nativeid: string) => ({ id, nativeid });
  await worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  await worker.ask('session.query.init', S, { name: '', chat: false, email: false, callback: false });
  await worker.ask('session.request.addchannelgroup', S, create('G', 'team'));
  await worker.ask('channelgroup.query.init', `${S}.G`);
  const channel = { ...create('H', '1001'), type: 'TELEPHONY' };
  await worker.ask('channelgroup.request.addchannel', `${S}.G`, channel);
  await worker.ask('channel.query.init', `${S}.G.H`);
  await worker.ask('channel.request.createinteraction', `${S}.G.H`, create('I', 'call'));
  await worker.ask('interaction.query.init', PATH);
  await worker.ask('interaction.request.createconversation', PATH, create('V', 'talk'));
  await worker.ask('conversation.query.init', `${PATH}.V`);
  return { adapter, worker, clock, logged, events: worker.own(S) };
};

const said = (events: readonly { readonly name: string; readonly target: string }[]) =>
  events.map(({ name, target }) => `${name} ${target.split('.').at(-1) ?? ''}`);

describe('the events of a consult', () => {
  it('follow the answer; those of the new leg wait until it was read', async () => {
    const { adapter, worker, events } = await setUp({
      consult: () => {
        adapter.report.held(TALK);
        adapter.report.dialing(ASK);
        return ok({ nativeId: 'ask' });
      },
    });
    const answer = await worker.ask('interaction.request.consult', PATH, { destination: '1002' });
    expect(answer.body).toEqual({ nativeid: 'ask' });
    await settle();
    expect(worker.heard.slice(-2)).toEqual(['answer interaction.request.consult', 'event conversation.held']);
    await worker.ask('interaction.request.createconversation', PATH, { id: 'C', nativeid: 'ask' });
    adapter.report.talking(ASK);
    await settle();
    expect(said(events)).toEqual(['conversation.held V']);
    await worker.ask('conversation.query.init', `${PATH}.C`);
    adapter.report.partyAdded(ASK, { number: '1002' });
    await settle();
    expect(said(events)).toEqual([
      'conversation.held V',
      'conversation.dialing C',
      'conversation.talking C',
      'conversation.partyadded C',
    ]);
  });

  it('begun outside the desktop wait as well', async () => {
    const { adapter, worker, events } = await setUp({});
    adapter.report.held(TALK);
    adapter.report.consultOffered(CALL, 'ask');
    adapter.report.talking(ASK);
    await settle();
    expect(said(events)).toEqual(['conversation.held V', 'interaction.consult I']);
    await worker.ask('interaction.request.createconversation', PATH, { id: 'C', nativeid: 'ask' });
    await worker.ask('conversation.query.init', `${PATH}.C`);
    await settle();
    expect(said(events).slice(2)).toEqual(['conversation.talking C']);
  });

  const slow: readonly [string, string, keyof AdapterHandlers][] = [
    ['interaction.request.alternate', PATH, 'alternate'],
    ['interaction.request.consulttransfer', PATH, 'consultTransfer'],
    ['interaction.request.consultconference', PATH, 'consultConference'],
    ['session.query.directory', S, 'readDirectory'],
    ['channel.query.scripts', `${S}.G.H`, 'readScripts'],
  ];
  it.each(slow)('wait behind a slow answer to %s', async (name, path, handler) => {
    let finish: (answer: Result<never[], string>) => void = () => undefined;
    const { adapter, worker, events } = await setUp({
      [handler]: () => new Promise<Result<never[], string>>((resolve) => (finish = resolve)),
    });
    const answers = worker.askMany(name, path, {});
    await settle();
    adapter.report.held(TALK);
    await settle();
    expect(events).toEqual([]);
    finish(ok([]));
    await settle();
    expect(answers).toMatchObject([{ result: 'SUCCESS' }]);
    expect(said(events)).toEqual(['conversation.held V']);
  });
});

describe('what a switch reports', () => {
  type Tell = (report: Awaited<ReturnType<typeof setUp>>['adapter']['report']) => void;
  const group = { ...SESSION, group: 'team' };
  it.each<[string, string, object, Tell]>([
    ['session.ended', S, { reason: 'a' }, (report) => report.sessionEnded(SESSION, 'a')],
    ['session.agentleg', S, { state: 'connected' }, (report) => report.agentLeg(SESSION, 'connected')],
    [
      'session.agentleg',
      S,
      { state: 'failed', error: 'Busy' },
      (report) => report.agentLeg(SESSION, 'failed', 'Busy'),
    ],
    [
      'channelgroup.channel',
      `${S}.G`,
      { nativeid: '1001-chat', type: 'CHAT' },
      (report) => report.channelJoined(group, { endPoint: '1001-chat', type: 'CHAT' }),
    ],
    ['interaction.alerting', PATH, {}, (report) => report.interactionAlerting(CALL)],
    ['interaction.started', PATH, {}, (report) => report.interactionStarted(CALL)],
    ['interaction.ended', PATH, {}, (report) => report.interactionEnded(CALL)],
    ['interaction.completed', PATH, {}, (report) => report.interactionCompleted(CALL)],
    [
      'interaction.datachanged',
      PATH,
      { 'interaction-data': { a: null } },
      (report) => report.dataChanged(CALL, { a: null }),
    ],
    ['interaction.consult', PATH, { nativeid: 'ask' }, (report) => report.consultOffered(CALL, 'ask')],
    [
      'conversation.transfer.failed',
      `${PATH}.V`,
      { reason: 'Busy' },
      (report) => report.transferFailed(TALK, 'Busy'),
    ],
    [
      'conversation.conference.failed',
      `${PATH}.V`,
      { reason: 'Busy' },
      (report) => report.conferenceFailed(TALK, 'Busy'),
    ],
    [
      'conversation.partyremoved',
      `${PATH}.V`,
      { number: '1002' },
      (report) => report.partyRemoved(TALK, '1002'),
    ],
  ])('%s goes to %s with %j', async (name, target, body, tell) => {
    const { adapter, events } = await setUp({});
    tell(adapter.report);
    await settle();
    expect(events).toEqual([{ name, target, body, ctiSeq: 1 }]);
  });

  it('is logged and dropped when it does not fit the bridge', async () => {
    const { adapter, events, logged } = await setUp({});
    adapter.report.interactionOffered(CALL, 'x'.repeat(129));
    adapter.report.consultOffered(CALL, '');
    adapter.report.held(TALK);
    await settle();
    expect(said(events)).toEqual(['conversation.held V']);
    expect(logged).toContain('an event of the switch does not fit the bridge and was dropped');
  });
});

describe('the address book', () => {
  it('goes out while the agent follows it, and not before or after', async () => {
    const { adapter, worker, events } = await setUp({
      readAddressBook: () => ok([BOOK]),
      stopAddressBook: () => ok(undefined),
    });
    const heard = async (body?: object): Promise<number> => {
      if (body !== undefined) await worker.ask('session.query.addressbook', S, { ...body });
      events.length = 0;
      adapter.report.addressBook(SESSION, [BOOK]);
      await settle();
      return events.length;
    };
    expect(await heard()).toBe(0);
    expect(await heard({ realtime: false })).toBe(0);
    expect(await heard({ realtime: true })).toBe(1);
    expect(await heard({ realtime: false })).toBe(1);
    expect(await heard({ realtime: false, stop: true })).toBe(0);
  });

  it('that changes while the question is being answered follows the answer', async () => {
    const { adapter, worker } = await setUp({
      readAddressBook: () => {
        adapter.report.addressBook(SESSION, [BOOK]);
        return ok([BOOK]);
      },
    });
    await worker.ask('session.query.addressbook', S, { realtime: true });
    await settle();
    expect(worker.heard.slice(-2)).toEqual(['answer session.query.addressbook', 'event session.addressbook']);
  });
});
