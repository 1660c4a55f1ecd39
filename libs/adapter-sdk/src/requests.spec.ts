import { messageRow, MESSAGES, type QuestionName } from '@cordboard/cti-protocol';
import { err, type JsonObject, ok, type Result } from '@cordboard/kernel';
import { adapterDesk, virtualClock } from '@cordboard/testing';
import { disposals } from './core/disposal.ts';
import { type AdapterHandlers, createAdapter, type NativeAddress, natsLink, tcpLink } from './index.ts';
import { registrations } from './core/registration.ts';
import { routes } from './core/routes.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const S = '01890000-0000-7000-8000-000000000001';
const SESSION = { agent: '1001' };
const PHONE = { ...SESSION, group: 'team', channel: '1001' };
const CALL = { ...PHONE, interaction: 'call' };
const TALK = { ...CALL, conversation: 'talk' };
const DESK = { ...SESSION, channel: '1001-desk' };

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const LABEL = { language: 'en', country: 'US', name: 'Lunch', description: '' };
const BOOK = {
  name: 'Company',
  groups: [],
  entries: [{ name: 'Sales', type: 'skill' as const, destinations: [], properties: { mediaType: 'PHONE' } }],
};

/** The queries that give data; everything else just succeeds. */
const readings = {
  capabilities: () => ({}),
  validateAgent: () => ok(undefined),
  createSession: () => ok({}),
  readSession: () =>
    ok({ groups: [{ id: 'team' }], channels: [{ endPoint: '1001-desk', type: 'Telephony' }] }),
  readGroup: () => ok({ channels: [] }),
  readChannel: () => ok({ state: 'ACTIVE', interactions: ['call'] }),
  readInteraction: () => ok({ state: 'STARTED', data: {}, conversations: { primary: 'talk' } }),
  readConversation: () => ok({ state: 'TALKING', parties: [{ number: '+12025550100' }] }),
} satisfies AdapterHandlers;

const setUp = async (carrier: 'NATS' | 'TCP', change: Partial<AdapterHandlers> = {}) => {
  const desk = await adapterDesk(carrier, WHERE);
  ends.push(desk.close);
  const logged: string[] = [];
  const log = (message: string): void => void logged.push(message);
  const ports = { clock: virtualClock(), logger: { info: () => undefined, warn: log, error: log } };
  const adapter = createAdapter({
    ...ports,
    processor: 'sim',
    handlers: { ...readings, ...change },
    link:
      'bus' in desk.by
        ? natsLink({ ...ports, ...WHERE, ...desk.by })
        : tcpLink({ ...ports, ...WHERE, ...desk.by }),
  });
  adapter.start();
  await desk.ready();
  const ask = (name: string, path: string, body: JsonObject = {}) => desk.ask(name, path, body);
  const open = async (type = 'TELEPHONY') => {
    await desk.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
    await ask('session.query.init', S, { name: '', chat: false, email: false, callback: false });
    await ask('session.request.addchannelgroup', S, { id: 'G', nativeid: 'team' });
    await ask('channelgroup.query.init', `${S}.G`);
    await ask('channelgroup.request.addchannel', `${S}.G`, { id: 'H', nativeid: '1001', type });
    return ask('channel.query.init', `${S}.G.H`);
  };
  const openCall = async (channel = `${S}.G.H`) => {
    await ask('channel.request.createinteraction', channel, { id: 'I', nativeid: 'call' });
    await ask('interaction.query.init', `${channel}.I`);
    await ask('interaction.request.createconversation', `${channel}.I`, { id: 'V', nativeid: 'talk' });
    return ask('conversation.query.init', `${channel}.I.V`);
  };
  return { adapter, desk, settle: desk.settle, ask, open, openCall, logged };
};

const PATHS = { session: S, channel: `${S}.G.H`, interaction: `${S}.G.H.I`, conversation: `${S}.G.H.I.V` };

type Handler = Exclude<keyof AdapterHandlers, keyof typeof readings | 'disposed' | 'agentInfo'>;
type Row = readonly [
  name: QuestionName,
  handler: Handler,
  body: JsonObject,
  told: readonly unknown[],
  says?: unknown,
  answer?: JsonObject,
];

const REASON = { id: '1', code: 'lunch', labels: [LABEL] };

/** Every request with a handler of its own: its body, what the handler is told and says, and the answer's body. */
const ROWS: readonly Row[] = [
  ['session.request.logout', 'logOut', { reason: '3' }, [SESSION, '3']],
  [
    'session.query.directory',
    'readDirectory',
    {},
    [SESSION],
    [{ name: 'Help desk', destination: '7000' }],
    { entries: [{ name: 'Help desk', destination: '7000' }] },
  ],
  [
    'session.query.notreadyreasons',
    'readNotReadyReasons',
    {},
    [SESSION],
    [{ ...REASON, selectable: false }],
    { reasons: [{ ...REASON, selectable: false }] },
  ],
  [
    'session.query.logoutreasons',
    'readLogoutReasons',
    {},
    [SESSION],
    [{ ...REASON, extensions: [{ paid: true }] }],
    { reasons: [{ ...REASON, extensions: [{ paid: true }] }] },
  ],
  [
    'session.query.addressbook',
    'readAddressBook',
    { realtime: true },
    [SESSION, true],
    [BOOK],
    { addressbooks: [BOOK] },
  ],
  ['session.query.addressbook', 'stopAddressBook', { realtime: false, stop: true }, [SESSION]],
  ['session.request.agentleg', 'setAgentLeg', { action: 'connect' }, [SESSION, 'connect']],
  ['session.request.agentleg', 'setAgentLeg', { action: 'disconnect' }, [SESSION, 'disconnect']],
  ['channel.request.activate', 'activate', { queue: '7000' }, [PHONE, { queue: '7000' }]],
  [
    'channel.request.deactivate',
    'deactivate',
    { queue: '7000', reason: '3' },
    [PHONE, { queue: '7000', reason: '3' }],
  ],
  ['channel.request.ready', 'ready', {}, [PHONE]],
  [
    'channel.request.notready',
    'notReady',
    { reasoncode: 'lunch', reasondesc: 'Lunch' },
    [PHONE, { code: 'lunch', name: 'Lunch' }],
  ],
  ['channel.request.dial', 'dial', { destination: '7000' }, [PHONE, '7000', undefined]],
  [
    'channel.request.dial',
    'dial',
    { destination: '7000', extensions: { skillId: '4' } },
    [PHONE, '7000', { skillId: '4' }],
  ],
  [
    'channel.query.dispositions',
    'readDispositions',
    {},
    [PHONE],
    [{ id: '1', code: 'sold', labels: [] }],
    { dispositions: [{ id: '1', code: 'sold', labels: [] }] },
  ],
  [
    'channel.query.scripts',
    'readScripts',
    {},
    [PHONE],
    [{ id: '1', name: 'Greeting' }],
    { scripts: [{ id: '1', name: 'Greeting' }] },
  ],
  [
    'channel.query.outboundskills',
    'readOutboundSkills',
    { destination: '7000' },
    [PHONE, '7000'],
    [],
    { skills: [] },
  ],
  [
    'interaction.query.data',
    'readData',
    { key: 'ANI' },
    [CALL, 'ANI'],
    { ANI: '7000' },
    { 'interaction-data': { ANI: '7000' } },
  ],
  ['interaction.query.data', 'readData', {}, [CALL, undefined], {}, { 'interaction-data': {} }],
  ['interaction.request.accept', 'accept', {}, [CALL]],
  ['interaction.request.reject', 'reject', {}, [CALL]],
  ['interaction.request.complete', 'complete', {}, [CALL]],
  ['interaction.request.setinteractiondata', 'setData', { key: 'a', value: '' }, [CALL, 'a', '']],
  [
    'interaction.request.setinteractiondata',
    'setData',
    { key: 'a', value: { b: 'c' } },
    [CALL, 'a', { b: 'c' }],
  ],
  ['interaction.request.setdisposition', 'setDisposition', { disposition: 'sold' }, [CALL, 'sold']],
  [
    'interaction.request.consult',
    'consult',
    { destination: '1002' },
    [CALL, '1002'],
    { nativeId: 'ask' },
    { nativeid: 'ask' },
  ],
  ['interaction.request.alternate', 'alternate', {}, [CALL]],
  ['interaction.request.consulttransfer', 'consultTransfer', {}, [CALL]],
  ['interaction.request.consultconference', 'consultConference', {}, [CALL]],
  ['interaction.request.signal', 'signal', { p1: 'a', p20: 'b', p21: 'c' }, [CALL, { p1: 'a', p20: 'b' }]],
  ['conversation.request.answer', 'accept', {}, [TALK]],
  ['conversation.request.release', 'release', {}, [TALK]],
  ['conversation.request.hold', 'hold', {}, [TALK]],
  ['conversation.request.retrieve', 'retrieve', {}, [TALK]],
  ['conversation.request.mute', 'mute', {}, [TALK]],
  ['conversation.request.unmute', 'unmute', {}, [TALK]],
  ['conversation.request.senddtmf', 'sendTones', { digits: '1*#' }, [TALK, '1*#']],
  ['conversation.request.transfer', 'transfer', { destination: '1002' }, [TALK, '1002']],
  ['conversation.request.conference', 'conference', { destination: '1002' }, [TALK, '1002']],
  ['conversation.request.removeparty', 'removeParty', { number: '1002' }, [TALK, '1002']],
];

const pathOf = (name: QuestionName): string => {
  const level = messageRow(name)?.level;
  if (level === undefined || level === 'control' || level === 'channelgroup') throw new Error(name);
  return PATHS[level];
};
const CASES = ROWS.map((row) => [row[0], row[1], JSON.stringify(row[2]), row] as const);

describe.each(['NATS', 'TCP'] as const)('over %s, a request of the bridge', (carrier) => {
  it.each(CASES)('%s is told to %s with %s', async (name, handler, _shown, row) => {
    const [, , body, told, says, answer = {}] = row;
    const heard: unknown[][] = [];
    const spy = (...args: unknown[]): Result<unknown, string> => {
      heard.push(args);
      return ok(says);
    };
    const { ask, open, openCall } = await setUp(carrier, { [handler]: spy });
    await open();
    await openCall();
    const answered = await ask(name, pathOf(name), body);
    expect(answered).toMatchObject({ answer: 'final', result: 'SUCCESS' });
    expect(answered.body).toEqual(answer);
    expect(heard).toEqual([told]);
  });

  it('without a handler is refused by name', async () => {
    const { ask, open, openCall } = await setUp(carrier);
    await open();
    await openCall();
    const refused = [];
    for (const [name, , body] of ROWS) refused.push((await ask(name, pathOf(name), body)).errorMessage);
    expect(refused).toEqual(ROWS.map(([name]) => `${name} is not supported by this adapter`));
  });

  it('sent to another kind of object is refused', async () => {
    const handlers = Object.fromEntries(ROWS.map(([, handler]) => [handler, () => ok([])]));
    const { ask, open } = await setUp(carrier, handlers);
    await open();
    const refused = [];
    for (const [name, , body] of ROWS) refused.push((await ask(name, `${S}.G`, body)).errorMessage);
    expect(refused).toEqual(ROWS.map(([name]) => `${name} cannot be sent to this kind of object`));
  });

  it('of every name in the catalogue is known to the kit', () => {
    const known = new Set([...Object.keys(routes), ...Object.keys(registrations), ...Object.keys(disposals)]);
    const asked = MESSAGES.filter(({ kind, level }) => kind !== 'event' && level !== 'control');
    expect(asked.map(({ name }) => name).sort()).toEqual([...known].sort());
    const withRow = new Set<string>(ROWS.map(([name]) => name));
    const own = Object.entries(routes).filter(([, { init }]) => init !== true);
    expect(own.map(([name]) => name).filter((name) => !withRow.has(name))).toEqual([]);
  });
});

describe.each(['NATS', 'TCP'] as const)('over %s, an answer of a handler', (carrier) => {
  it('that does not fit the bridge becomes a refusal, and is logged', async () => {
    const { ask, open, openCall, logged } = await setUp(carrier, {
      consult: () => ok({ nativeId: 'x'.repeat(129) }),
    });
    await open();
    await openCall();
    expect(
      await ask('interaction.request.consult', PATHS.interaction, { destination: '1002' }),
    ).toMatchObject({
      result: 'FAILURE',
    });
    expect(logged).toEqual(['an answer of the switch does not fit the bridge']);
  });

  it('that is too long is cut, and that is logged', async () => {
    const scripts = Array.from({ length: 600 }, (_, id) => ({ id: String(id), name: 'a' }));
    const { ask, open, logged } = await setUp(carrier, { readScripts: () => ok(scripts) });
    await open();
    const answered = await ask('channel.query.scripts', PATHS.channel);
    expect(answered.body.scripts).toHaveLength(500);
    expect(logged).toHaveLength(1);
  });
});

describe.each(['NATS', 'TCP'] as const)('over %s, a group that the agent asks for', (carrier) => {
  const FLAGS = { name: 'PROJECT', chat: true, email: false, callback: false };
  const add = { id: 'G2', nativeid: 'PROJECT', ...FLAGS };

  it('is told to the handler with what it shall have, once', async () => {
    const heard: unknown[] = [];
    const { ask, open } = await setUp(carrier, {
      addGroup: (at, options) => {
        heard.push(at, options);
        return ok(undefined);
      },
    });
    await open();
    expect(await ask('session.request.addchannelgroup', S, add)).toMatchObject({ result: 'SUCCESS' });
    expect(await ask('session.request.addchannelgroup', S, add)).toMatchObject({ result: 'SUCCESS' });
    expect(heard).toEqual([{ ...SESSION, group: 'PROJECT' }, FLAGS]);
    expect(await ask('channelgroup.query.init', `${S}.G2`)).toMatchObject({ result: 'SUCCESS' });
  });

  it.each<[string, Partial<AdapterHandlers>, string]>([
    ['the switch refuses it', { addGroup: () => err('no such group') }, 'no such group'],
    ['there is no handler', {}, 'session.request.addchannelgroup is not supported by this adapter'],
  ])('is not there when %s', async (_why, change, errorMessage) => {
    const { ask, open } = await setUp(carrier, change);
    await open();
    expect(await ask('session.request.addchannelgroup', S, add)).toMatchObject({
      result: 'FAILURE',
      errorMessage,
    });
    expect(await ask('channelgroup.query.init', `${S}.G2`)).toMatchObject({ result: 'FAILURE' });
  });

  it('needs the handler again after the one of the reading was removed', async () => {
    const gone: NativeAddress[] = [];
    const { ask, open } = await setUp(carrier, { disposed: (at) => void gone.push(at) });
    await open();
    await ask('session.request.removechannelgroup', S, { id: 'G' });
    expect(gone).toEqual([{ ...SESSION, group: 'team' }]);
    expect(await ask('session.request.addchannelgroup', S, { id: 'G3', nativeid: 'team' })).toMatchObject({
      result: 'FAILURE',
    });
  });
});

describe.each(['NATS', 'TCP'] as const)('over %s, a stand-alone channel', (carrier) => {
  const LISTED = { id: 'D', nativeid: '1001-desk', type: 'Telephony' };
  const CHAT = { id: 'C', nativeid: '1001-solo-chat', type: 'CHAT' };

  it('that the reading lists is registered at the session; all below it works', async () => {
    const heard: NativeAddress[] = [];
    const { ask, open, openCall, desk, settle, adapter } = await setUp(carrier, {
      hold: (at) => {
        heard.push(at);
        return ok(undefined);
      },
    });
    await open();
    const events = desk.own(S);
    expect(await ask('channelgroup.request.addchannel', S, LISTED)).toMatchObject({ result: 'SUCCESS' });
    adapter.report.ready(DESK);
    await ask('channel.query.init', `${S}.D`);
    await openCall(`${S}.D`);
    await ask('conversation.request.hold', `${S}.D.I.V`);
    adapter.report.held({ ...DESK, interaction: 'call', conversation: 'talk' });
    await settle();
    expect(heard).toEqual([{ ...DESK, interaction: 'call', conversation: 'talk' }]);
    expect(events.map(({ name, target }) => `${name} ${target}`)).toEqual([
      `channel.ready ${S}.D`,
      `conversation.held ${S}.D.I.V`,
    ]);
  });

  it('that the agent adds is asked for and may be refused', async () => {
    const heard: unknown[] = [];
    const { ask, open } = await setUp(carrier, {
      addChannel: (at, type) => {
        heard.push(at, type);
        return at.channel === '1001-solo-chat' ? ok(undefined) : err('no such channel');
      },
    });
    await open();
    expect(await ask('channelgroup.request.addchannel', S, CHAT)).toMatchObject({ result: 'SUCCESS' });
    expect(heard).toEqual([{ ...SESSION, channel: '1001-solo-chat' }, 'CHAT']);
    expect(await ask('channel.query.init', `${S}.C`)).toMatchObject({ result: 'SUCCESS' });
    const other = { id: 'E', nativeid: '1001-fax', type: 'FAX' };
    expect(await ask('channelgroup.request.addchannel', S, other)).toMatchObject({
      result: 'FAILURE',
      errorMessage: 'no such channel',
    });
  });

  it('is removed at the session, by its own kind of request alone', async () => {
    const gone: NativeAddress[] = [];
    const { ask, open } = await setUp(carrier, { disposed: (at) => void gone.push(at) });
    await open();
    await ask('channelgroup.request.addchannel', S, LISTED);
    await ask('session.request.removechannelgroup', S, { id: 'D' });
    await ask('channelgroup.request.removechannel', S, { id: 'G' });
    expect(gone).toEqual([]);
    expect(await ask('channelgroup.request.removechannel', S, { id: 'D' })).toMatchObject({
      result: 'SUCCESS',
    });
    expect(gone).toEqual([DESK]);
  });

  it('may have the native id of a group', async () => {
    const { ask, open } = await setUp(carrier, { addChannel: () => ok(undefined) });
    await open();
    expect(
      await ask('channelgroup.request.addchannel', S, { id: 'T', nativeid: 'team', type: 'CHAT' }),
    ).toMatchObject({ result: 'SUCCESS' });
  });
});

describe.each(['NATS', 'TCP'] as const)('over %s, a channel of a type that nobody knows', (carrier) => {
  it.each(
    MESSAGES.filter(({ kind, level }) => kind !== 'event' && level === 'channel').map(({ name }) => name),
  )('answers %s as it should', async (name) => {
    const done = () => ok(undefined);
    const { ask, open } = await setUp(carrier, {
      activate: done,
      ready: done,
      dial: done,
      readScripts: () => ok([]),
    });
    const read = await open('FAX');
    expect(read.body).toEqual({ 'channel-state': 'ACTIVE' });
    const body = { destination: '1', reasoncode: 'a', id: 'I', nativeid: 'call' };
    const allowed = name === 'channel.request.dispose' || name === 'channel.query.init';
    expect(await ask(name, PATHS.channel, body)).toMatchObject({ result: allowed ? 'SUCCESS' : 'FAILURE' });
  });
});
