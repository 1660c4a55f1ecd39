import { createMemoryNetwork } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { createLogger } from '@cordboard/runtime';
import { type PhoneAction, phoneOperation } from '@cordboard/switch-sim';
import { bridgeWorker, sequentialIds, virtualClock } from '@cordboard/testing';
import { carrierOver } from './carrier.ts';
import { Faults } from './faults/faults.ts';
import { Outage } from './outage.ts';
import { joinSwitch } from './simulator-adapter.ts';
import { SimulatorConfig } from './simulator-config.ts';
import { SwitchDriver } from './switch-driver.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-test' };
const S = '01890000-0000-7000-8000-000000000001';
const CALLER = '+12025550123';
const PHONE = { id: 'H', nativeid: '1001', type: 'TELEPHONY' };

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Agent 1001 has a session and is ready; 1002 and 1003 are ready without one. Nobody asks: all is done by phone. */
const house = async () => {
  const network = createMemoryNetwork();
  const clock = virtualClock();
  const driver = new SwitchDriver(clock, sequentialIds());
  const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
  const speaking = { clock, logger, metrics: { count: () => undefined } };
  const carrier = carrierOver(
    () => Promise.resolve(network.connect()),
    Object.assign(new SimulatorConfig(), WHERE),
    speaking,
  );
  joinSwitch({ driver, outage: new Outage(clock), faults: new Faults(clock), carrier }).start();
  await settle();
  const worker = bridgeWorker(network.connect(), WHERE);
  const ask = async (name: string, path: string, body: JsonObject = {}) => {
    const answer = await worker.ask(name, path === '' ? S : `${S}.${path}`, body);
    expect(answer).toMatchObject({ result: 'SUCCESS' });
    return answer.body;
  };
  const use = (agent: string, action: PhoneAction, more: object = {}): string => {
    const operation = phoneOperation(driver.state, { agent, action, ...more });
    const decided = operation.ok ? driver.apply(operation.value) : operation;
    return decided.ok ? 'done' : decided.error.message;
  };
  for (const agent of ['1002', '1003']) {
    driver.apply({ kind: 'log-in', agent });
    use(agent, 'activate');
    use(agent, 'ready');
  }
  await worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  await ask('session.query.init', '', { name: '', chat: false, email: false, callback: false });
  await ask('session.request.addchannelgroup', '', { id: 'G', nativeid: 'TEAM' });
  await ask('channelgroup.query.init', 'G');
  await ask('channelgroup.request.addchannel', 'G', PHONE);
  await ask('channel.query.init', 'G.H');
  const events = worker.own(S);
  /** The events since it was last asked: names and where they went, without the part that all have. */
  const heard = async (): Promise<readonly string[]> => {
    await settle();
    return events.splice(0).map(({ name, target }) => `${name} ${target.split('.').slice(1).at(-1) ?? 'S'}`);
  };
  const native = async (): Promise<string> => {
    await settle();
    return events.at(-1)?.body.nativeid as string;
  };
  return { ask, use, heard, native, driver, clock };
};

type House = Awaited<ReturnType<typeof house>>;

/** 1001 has answered an outside call; it is interaction I, conversation V. */
const talking = async (): Promise<House> => {
  const it = await house();
  it.use('1001', 'activate');
  it.driver.apply({ kind: 'place-call', to: '1001', from: CALLER });
  const nativeid = await it.native();
  await it.ask('channel.request.createinteraction', 'G.H', { id: 'I', nativeid });
  await it.ask('interaction.query.init', 'G.H.I');
  await it.ask('interaction.request.createconversation', 'G.H.I', { id: 'V', nativeid });
  await it.ask('conversation.query.init', 'G.H.I.V');
  it.use('1001', 'answer');
  await it.heard();
  return it;
};

/** 1001 consults 1002, both begun and answered by phone; the consult is conversation V2. */
const consulting = async (): Promise<House> => {
  const it = await talking();
  it.use('1001', 'consult', { destination: '1002' });
  const nativeid = await it.native();
  expect(await it.heard()).toEqual(['conversation.held V', 'interaction.consult I']);
  await it.ask('interaction.request.createconversation', 'G.H.I', { id: 'V2', nativeid });
  const read = await it.ask('conversation.query.init', 'G.H.I.V2');
  expect(read).toMatchObject({ 'conversation-state': 'DIALING', parties: [{ number: '1002' }] });
  it.use('1002', 'answer');
  expect(await it.heard()).toEqual([
    'conversation.dialing V2',
    'conversation.started V2',
    'conversation.talking V2',
    'conversation.partyadded V2',
  ]);
  return it;
};

type Use = readonly [agent: string, action: PhoneAction, more?: object];

const doAll = async ({ use, clock, heard }: House, uses: readonly Use[]): Promise<readonly string[]> => {
  for (const [agent, action, more] of uses)
    expect([action, use(agent, action, more)]).toEqual([action, 'done']);
  clock.advance(1_000);
  return heard();
};

describe('a consult made on the phone', () => {
  it.each<readonly [string, readonly Use[], readonly string[]]>([
    ['alternates (D.12)', [['1001', 'alternate']], ['conversation.held V2', 'conversation.talking V']],
    [
      'alternates and back',
      [
        ['1001', 'alternate'],
        ['1001', 'alternate'],
      ],
      ['conversation.held V2', 'conversation.talking V', 'conversation.held V', 'conversation.talking V2'],
    ],
    [
      'becomes a transfer (D.10)',
      [['1001', 'consult-transfer']],
      ['conversation.ended V', 'conversation.ended V2'],
    ],
    [
      'becomes a conference (D.11)',
      [['1001', 'consult-conference']],
      ['conversation.partyadded V', 'conversation.talking V', 'conversation.ended V2'],
    ],
    [
      'becomes a conference, one leaves and one is dropped (D.14)',
      [
        ['1001', 'consult-conference'],
        ['1001', 'conference', { destination: '1003' }],
        ['1003', 'answer'],
        ['1002', 'release'],
        ['1001', 'remove-party', { number: '1003' }],
      ],
      [
        'conversation.partyadded V',
        'conversation.talking V',
        'conversation.ended V2',
        'conversation.partyadded V',
        'conversation.partyremoved V',
        'conversation.partyremoved V',
      ],
    ],
    ['ends (D.7)', [['1001', 'release']], ['conversation.ended V2']],
    ['is ended by the other (D.7)', [['1002', 'release']], ['conversation.ended V2']],
  ])('%s', async (_, uses, events) => {
    expect(await doAll(await consulting(), uses)).toEqual(events);
  });
});

describe('a call handled on the phone', () => {
  it.each<readonly [string, readonly Use[], readonly string[]]>([
    [
      'is held, muted and released (D.5)',
      [
        ['1001', 'hold'],
        ['1001', 'retrieve'],
        ['1001', 'mute'],
        ['1001', 'unmute'],
        ['1001', 'send-tones', { digits: '42#' }],
        ['1001', 'release'],
      ],
      [
        'conversation.held V',
        'conversation.talking V',
        'conversation.mute V',
        'conversation.talking V',
        'conversation.ended V',
      ],
    ],
    [
      'is transferred to a colleague (D.13)',
      [['1001', 'transfer', { destination: '1002' }]],
      ['conversation.ended V'],
    ],
    ['is transferred to a queue', [['1001', 'transfer', { destination: '7000' }]], ['conversation.ended V']],
    ['is transferred outside', [['1001', 'transfer', { destination: '5550100' }]], ['conversation.ended V']],
    [
      'is not transferred to who is busy',
      [['1001', 'transfer', { destination: '5550101' }]],
      ['conversation.transfer.failed V', 'conversation.talking V'],
    ],
    [
      'gets a third party (D.14)',
      [
        ['1001', 'conference', { destination: '1002' }],
        ['1002', 'answer'],
      ],
      ['conversation.partyadded V'],
    ],
    [
      'gets none where nobody can be reached',
      [['1001', 'conference', { destination: '5550103' }]],
      ['conversation.conference.failed V', 'conversation.talking V'],
    ],
    [
      'has a consult that is busy (D.7)',
      [['1001', 'consult', { destination: '5550101' }]],
      ['conversation.held V', 'interaction.consult I'],
    ],
  ])('%s', async (_, uses, events) => {
    expect(await doAll(await talking(), uses)).toEqual(events);
  });

  it('is dialled (D.6)', async () => {
    const it = await house();
    const events = await doAll(it, [
      ['1001', 'activate'],
      ['1001', 'dial', { destination: '5550102' }],
    ]);
    expect(events).toEqual(['channel.activated H', 'channel.notready H', 'channel.interaction H']);
  });

  it('rings and is turned down', async () => {
    const it = await house();
    it.use('1001', 'activate');
    it.driver.apply({ kind: 'place-call', to: '1001', from: CALLER });
    const nativeid = await it.native();
    await it.ask('channel.request.createinteraction', 'G.H', { id: 'I', nativeid });
    await it.ask('interaction.query.init', 'G.H.I');
    await it.ask('interaction.request.createconversation', 'G.H.I', { id: 'V', nativeid });
    await it.ask('conversation.query.init', 'G.H.I.V');
    await it.heard();
    expect(await doAll(it, [['1001', 'reject']])).toEqual(['conversation.ended V', 'channel.notready H']);
  });
});

describe('the phone itself', () => {
  it.each<readonly [string, readonly Use[], readonly string[]]>([
    [
      'is ready and not',
      [
        ['1001', 'activate'],
        ['1001', 'ready'],
        ['1001', 'not-ready', { reason: 'break' }],
        ['1001', 'deactivate'],
      ],
      ['channel.activated H', 'channel.ready H', 'channel.notready H', 'channel.deactivated H'],
    ],
    [
      'is taken by another login, and given back',
      [
        ['1001', 'activate'],
        ['1001', 'take-over'],
        ['1001', 'free'],
      ],
      ['channel.activated H', 'channel.unavailable H', 'channel.available H'],
    ],
    [
      'gets another channel, which goes again',
      [
        ['1001', 'join-channel', { type: 'CHAT', endpoint: 'extra' }],
        ['1001', 'remove-channel', { endpoint: 'extra' }],
      ],
      ['channelgroup.channel G'],
    ],
    ['logs the agent out', [['1001', 'log-out']], ['session.ended S']],
  ])('%s', async (_, uses, events) => {
    expect(await doAll(await house(), uses)).toEqual(events);
  });

  it('is not given to another login, or left, during a call', async () => {
    const { use, heard } = await talking();
    expect(use('1001', 'take-over')).toMatch(/end it first/);
    expect(use('1001', 'log-out')).toMatch(/end it before/);
    expect(await heard()).toEqual([]);
  });

  it('is read as taken while another login has it', async () => {
    const { use, ask } = await house();
    use('1001', 'take-over');
    expect(await ask('channel.query.init', 'G.H')).toMatchObject({ 'channel-state': 'UNAVAILABLE' });
    expect(use('1001', 'activate')).toMatch(/another agent has/);
  });

  it('that nobody answers is put away (channel.notready)', async () => {
    const { use, driver, clock, heard } = await house();
    use('1001', 'activate');
    use('1001', 'ready');
    for (const agent of ['1002', '1003']) use(agent, 'not-ready', { reason: 'break' });
    driver.apply({ kind: 'place-call', to: '7000', from: CALLER });
    await heard();
    clock.advance(20_000);
    expect(await heard()).toEqual(['channel.notready H']);
  });
});
