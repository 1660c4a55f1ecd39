import { ok, type Result } from '@cordboard/kernel';
import { adapterDesk, virtualClock } from '@cordboard/testing';
import { type AdapterHandlers, createAdapter, natsLink, tcpLink } from './index.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const SESSION = { agent: '1001' };
const CALL = { ...SESSION, group: 'team', channel: '1001', interaction: 'call' };
const TALK = { ...CALL, conversation: 'talk' };
const ASK = { ...CALL, conversation: 'ask' };
const PATH = `${S}.G.H.I`;
const BOOK = { name: 'Company', groups: [], entries: [] };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const setUp = async (carrier: 'NATS' | 'TCP', change: Partial<AdapterHandlers>) => {
  const desk = await adapterDesk(carrier, WHERE);
  ends.push(desk.close);
  const clock = virtualClock();
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const ports = { clock, logger: { info: log, warn: log, error: log } };
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
      readChannel: () => ok({ state: 'ACTIVE', interactions: ['call'] }),
      readInteraction: () => ok({ state: 'STARTED', data: {}, conversations: { primary: 'talk' } }),
      readConversation: () => ok({ state: 'TALKING', parties: [{ number: '+12025550100' }] }),
      ...change,
    },
  });
  adapter.start();
  await desk.ready();
  const create = (id: string, nativeid: string) => ({ id, nativeid });
  await desk.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  await desk.ask('session.query.init', S, { name: '', chat: false, email: false, callback: false });
  await desk.ask('session.request.addchannelgroup', S, create('G', 'team'));
  await desk.ask('channelgroup.query.init', `${S}.G`);
  const channel = { ...create('H', '1001'), type: 'TELEPHONY' };
  await desk.ask('channelgroup.request.addchannel', `${S}.G`, channel);
  await desk.ask('channel.query.init', `${S}.G.H`);
  await desk.ask('channel.request.createinteraction', `${S}.G.H`, create('I', 'call'));
  await desk.ask('interaction.query.init', PATH);
  await desk.ask('interaction.request.createconversation', PATH, create('V', 'talk'));
  await desk.ask('conversation.query.init', `${PATH}.V`);
  return { adapter, desk, settle: desk.settle, clock, logged, events: desk.own(S) };
};

const said = (events: readonly { readonly name: string; readonly target: string }[]) =>
  events.map(({ name, target }) => `${name} ${target.split('.').at(-1) ?? ''}`);

describe.each(['NATS', 'TCP'] as const)('over %s, the events of a consult', (carrier) => {
  it('follow the answer; those of the new leg wait until it was read', async () => {
    const { adapter, desk, settle, events } = await setUp(carrier, {
      consult: () => {
        adapter.report.held(TALK);
        adapter.report.dialing(ASK);
        return ok({ nativeId: 'ask' });
      },
    });
    const answer = await desk.ask('interaction.request.consult', PATH, { destination: '1002' });
    expect(answer.body).toEqual({ nativeid: 'ask' });
    await settle();
    expect(desk.heard.slice(-2)).toEqual(['answer interaction.request.consult', 'event conversation.held']);
    await desk.ask('interaction.request.createconversation', PATH, { id: 'C', nativeid: 'ask' });
    adapter.report.talking(ASK);
    await settle();
    expect(said(events)).toEqual(['conversation.held V']);
    await desk.ask('conversation.query.init', `${PATH}.C`);
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
    const { adapter, desk, settle, events } = await setUp(carrier, {});
    adapter.report.held(TALK);
    adapter.report.consultOffered(CALL, 'ask');
    adapter.report.talking(ASK);
    await settle();
    expect(said(events)).toEqual(['conversation.held V', 'interaction.consult I']);
    await desk.ask('interaction.request.createconversation', PATH, { id: 'C', nativeid: 'ask' });
    await desk.ask('conversation.query.init', `${PATH}.C`);
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
    const { adapter, desk, settle, events } = await setUp(carrier, {
      [handler]: () => new Promise<Result<never[], string>>((resolve) => (finish = resolve)),
    });
    const answers = desk.askMany(name, path, {});
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

describe.each(['NATS', 'TCP'] as const)('over %s, what a switch reports', (carrier) => {
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
    const { adapter, settle, events } = await setUp(carrier, {});
    tell(adapter.report);
    await settle();
    expect(events).toMatchObject([{ name, target, body }]);
    expect(events).toHaveLength(1);
  });

  it('is logged and dropped when it does not fit the bridge', async () => {
    const { adapter, settle, events, logged } = await setUp(carrier, {});
    adapter.report.interactionOffered(CALL, 'x'.repeat(129));
    adapter.report.consultOffered(CALL, '');
    adapter.report.held(TALK);
    await settle();
    expect(said(events)).toEqual(['conversation.held V']);
    expect(logged).toContain('an event of the switch does not fit the bridge and was dropped');
  });
});

describe.each(['NATS', 'TCP'] as const)('over %s, the address book', (carrier) => {
  it('goes out while the agent follows it, and not before or after', async () => {
    const { adapter, desk, settle, events } = await setUp(carrier, {
      readAddressBook: () => ok([BOOK]),
      stopAddressBook: () => ok(undefined),
    });
    const heard = async (body?: object): Promise<number> => {
      if (body !== undefined) await desk.ask('session.query.addressbook', S, { ...body });
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
    const { adapter, desk, settle } = await setUp(carrier, {
      readAddressBook: () => {
        adapter.report.addressBook(SESSION, [BOOK]);
        return ok([BOOK]);
      },
    });
    await desk.ask('session.query.addressbook', S, { realtime: true });
    await settle();
    expect(desk.heard.slice(-2)).toEqual(['answer session.query.addressbook', 'event session.addressbook']);
  });
});
