import { readFileSync } from 'node:fs';
import { createAdapter, natsLink } from '@cordboard/adapter-sdk';
import { createMemoryNetwork } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { bridgeWorker, type HeardAnswer, sequentialIds, virtualClock } from '@cordboard/testing';
import { littleHandlers, reportNotices } from './adapter.ts';
import { createLittleSwitch, type LittleSwitch } from './little-switch.ts';

const WHERE = { tenant: 'demo', processor: 'little', instance: 'little-1' };
const sessionOf = (agent: string): string => `01890000-0000-7000-8000-000000000${agent}`;
const CALLER = { number: '+12025550123', name: 'Example Caller' };
const silent = (): void => undefined;

const turn = async (): Promise<void> => {
  for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
};

const twoPhones = (): LittleSwitch =>
  createLittleSwitch([
    { number: '101', name: 'Phone 101', pin: '1234' },
    { number: '102', name: 'Phone 102', pin: '1234' },
  ]);

/** The example on a bus, and a bridge that owns its sessions. */
const setUp = (phones = twoPhones()) => {
  const network = createMemoryNetwork();
  const own = { clock: virtualClock(), logger: { info: silent, warn: silent, error: silent } };
  const adapter = createAdapter({
    ...own,
    processor: WHERE.processor,
    handlers: littleHandlers(phones),
    link: natsLink({ ...own, ...WHERE, ids: sequentialIds(), bus: network.connect() }),
  });
  reportNotices(phones, adapter.report);
  adapter.start();
  const worker = bridgeWorker(network.connect(), WHERE);
  const done = async (answer: Promise<HeardAnswer>): Promise<JsonObject> => {
    const { result, errorMessage, body } = await answer;
    if (result !== 'SUCCESS') throw new Error(errorMessage);
    return body;
  };
  const ask = (name: string, path: string, body: JsonObject = {}) => done(worker.ask(name, path, body));

  /** Logs a phone in and reads it, as Cordboard does at the start of a session; `calls` are its calls. */
  const logIn = async (number: string) => {
    const session = sessionOf(number);
    const events = worker.own(session);
    await done(worker.control('cti.request.createsession', { id: session, agent: { id: number } }));
    const options = { name: '', chat: false, email: false, callback: false };
    const { 'channel-groups': groups } = await ask('session.query.init', session, options);
    const [{ id: group }] = groups as [{ id: string }];
    await ask('session.request.addchannelgroup', session, { id: 'G', nativeid: group });
    const { channels } = await ask('channelgroup.query.init', `${session}.G`);
    const [{ 'end-point': nativeid, type }] = channels as [{ 'end-point': string; type: string }];
    await ask('channelgroup.request.addchannel', `${session}.G`, { id: 'H', nativeid, type });
    const channel = `${session}.G.H`;
    const reading = await ask('channel.query.init', channel);
    /** What has been heard since the last time. */
    const heard = async (): Promise<readonly string[]> => {
      await turn();
      return events.splice(0).map(({ name }) => name);
    };
    return { session, channel, reading, events, heard };
  };

  /** Registers and reads a call, as Cordboard does once it was offered. */
  const take = async (channel: string, nativeid: string) => {
    const call = `${channel}.${nativeid}`;
    await ask('channel.request.createinteraction', channel, { id: nativeid, nativeid });
    const interaction = await ask('interaction.query.init', call);
    const leg = `${call}.V`;
    await ask('interaction.request.createconversation', call, { id: 'V', nativeid });
    return { call, leg, interaction, conversation: await ask('conversation.query.init', leg) };
  };
  const offered = async (number: string): Promise<string> => {
    const id = phones.ring(number, CALLER);
    if (id === null) throw new Error('nobody is there');
    await turn();
    return id;
  };
  return { phones, worker, ask, logIn, take, offered };
};

it('is short', () => {
  const lines = readFileSync(new URL('adapter.ts', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.length).toBeLessThan(150);
});

describe('the phone', () => {
  it('logs in with its PIN and says what it is', async () => {
    const { worker } = setUp();
    const good = await worker.control('cti.query.validateagent', { id: '101', password: '1234' });
    const bad = await worker.control('cti.query.validateagent', { id: '101', password: '4321' });
    expect([good.result, bad.errorMessage]).toEqual(['SUCCESS', 'number or PIN is wrong']);
    const { body } = await worker.control('cti.query.agentinfo', { id: '102' });
    expect(body).toEqual({ agent: { id: '102', name: 'Phone 102', extension: '102' } });
    const nobody = await worker.control('cti.request.createsession', {
      id: sessionOf('103'),
      agent: { id: '103' },
    });
    expect(nobody.result).toBe('FAILURE');
  });

  it('goes on, opens, closes and goes off, and tells of each', async () => {
    const { ask, logIn } = setUp();
    const { channel, reading, events } = await logIn('101');
    expect(reading).toMatchObject({ 'channel-state': 'INACTIVE', interactions: [] });
    await ask('channel.request.activate', channel);
    await ask('channel.request.ready', channel);
    await ask('channel.request.notready', channel, { reasoncode: 'acw' });
    expect(await ask('channel.query.init', channel)).toMatchObject({
      'channel-state': 'ACTIVE',
      'agent-state': { status: 'after_call_work', 'reason-code': 'acw' },
    });
    await ask('channel.request.deactivate', channel);
    await ask('channel.request.deactivate', channel);
    await turn();
    expect(events.map(({ name, body }) => [name, body.reasoncode])).toEqual([
      ['channel.activated', undefined],
      ['channel.notready', undefined],
      ['channel.ready', undefined],
      ['channel.notready', 'acw'],
      ['channel.deactivated', undefined],
    ]);
  });
});

/** A phone that is open, with a call ringing on it. */
const ringing = async () => {
  const given = setUp();
  const { ask, logIn, take, offered } = given;
  const { heard, ...at } = await logIn('101');
  await ask('channel.request.activate', at.channel);
  await ask('channel.request.ready', at.channel);
  await heard();
  const id = await offered('101');
  const shown = await heard();
  return { ...given, ...at, heard, id, shown, ...(await take(at.channel, id)) };
};

describe('a call', () => {
  it('rings, is taken, held, taken back, released and completed', async () => {
    const { ask, call, leg, heard, shown, interaction, conversation, phones } = await ringing();
    expect(shown).toEqual(['channel.ready', 'channel.interaction']);
    expect(interaction).toEqual({
      'interaction-state': 'ALERTING',
      'interaction-data': { ANI: '+12025550123', DNIS: '101' },
      conversations: { primary: { id: 'c1' } },
    });
    expect(conversation).toEqual({ 'conversation-state': 'RINGING', parties: [CALLER] });
    expect(await heard()).toEqual(['conversation.ringing']);
    const steps: readonly (readonly [request: string, at: string, events: readonly string[]])[] = [
      [
        'interaction.request.accept',
        call,
        ['conversation.started', 'conversation.talking', 'conversation.partyadded'],
      ],
      ['interaction.request.accept', call, []],
      ['conversation.request.mute', leg, ['conversation.mute']],
      ['conversation.request.mute', leg, []],
      ['conversation.request.unmute', leg, ['conversation.talking']],
      ['conversation.request.hold', leg, ['conversation.held']],
      ['conversation.request.hold', leg, []],
      ['conversation.request.retrieve', leg, ['conversation.talking']],
      ['conversation.request.retrieve', leg, []],
      ['conversation.request.release', leg, ['conversation.ended']],
      ['conversation.request.dispose', leg, []],
      ['interaction.request.complete', call, ['channel.ready']],
      ['interaction.request.complete', call, []],
      ['interaction.request.dispose', call, []],
    ];
    for (const [request, at, events] of steps) {
      await ask(request, at);
      expect([request, await heard()]).toEqual([request, events]);
    }
    expect(phones.callsOf('101')).toEqual([]);
  });

  it.each<[why: string, end: (given: Awaited<ReturnType<typeof ringing>>) => Promise<unknown> | void]>([
    ['is rejected', ({ ask, call }) => ask('interaction.request.reject', call)],
    ['is given up by the caller', ({ phones, id }) => phones.otherHangsUp(id, silent)],
  ])('that %s is over, and forgotten once it is disposed of', async (_, end) => {
    const given = await ringing();
    const { ask, call, leg, heard, phones } = given;
    await end(given);
    expect(await heard()).toEqual(['conversation.ringing', 'conversation.ended']);
    expect(await ask('interaction.query.init', call)).toMatchObject({
      'interaction-state': 'ENDED',
      conversations: {},
    });
    await ask('conversation.request.dispose', leg);
    await ask('interaction.request.dispose', call);
    expect(await heard()).toEqual(['channel.ready']);
    expect(phones.phone('101')?.inUse).toBe(false);
  });

  it('is read as it is by an adapter that has just started', async () => {
    const { ask, call, phones, id } = await ringing();
    await ask('interaction.request.accept', call);
    const next = setUp(phones);
    const { channel, reading } = await next.logIn('101');
    expect(reading).toMatchObject({ 'channel-state': 'ACTIVE', interactions: [{ id }] });
    const found = await next.take(channel, id);
    expect(found.interaction['interaction-state']).toBe('STARTED');
    expect(found.conversation['conversation-state']).toBe('TALKING');
  });

  it('is refused in words when it cannot be done', async () => {
    const { ask, leg } = await ringing();
    await expect(ask('conversation.request.hold', leg)).rejects.toThrow('the call is ringing');
    await expect(ask('conversation.request.transfer', leg, { destination: '102' })).rejects.toThrow(
      'not supported',
    );
  });
});

describe('a phone that dials', () => {
  it('reaches another phone, and both talk', async () => {
    const { ask, logIn, take } = setUp();
    const [one, two] = [await logIn('101'), await logIn('102')];
    for (const { channel } of [one, two]) await ask('channel.request.activate', channel);
    await ask('channel.request.dial', one.channel, { destination: '102' });
    const [out, rings] = [await take(one.channel, 'c1'), await take(two.channel, 'c2')];
    expect(out.conversation).toEqual({
      'conversation-state': 'DIALING',
      parties: [{ number: '102', name: 'Phone 102' }],
    });
    await ask('interaction.request.accept', rings.call);
    for (const { heard } of [one, two]) expect((await heard()).slice(-2)[0]).toBe('conversation.talking');
    await ask('conversation.request.release', out.leg);
    for (const { heard } of [one, two]) expect(await heard()).toEqual(['conversation.ended']);
  });

  it('hears that nobody is there', async () => {
    const { ask, logIn, take } = setUp();
    const { channel } = await logIn('101');
    await ask('channel.request.activate', channel);
    await ask('channel.request.dial', channel, { destination: '102' });
    expect((await take(channel, 'c1')).interaction).toMatchObject({ 'interaction-state': 'ENDED' });
  });

  it('waits for a number outside to answer', async () => {
    const { ask, logIn, take, phones } = setUp();
    const { channel, heard } = await logIn('101');
    await expect(ask('channel.request.dial', channel, { destination: '102' })).rejects.toThrow('off');
    await ask('channel.request.activate', channel);
    await ask('channel.request.dial', channel, { destination: '+12025550100' });
    await take(channel, 'c1');
    phones.otherAnswers('c1', silent);
    expect((await heard()).slice(-4)).toEqual([
      'conversation.dialing',
      'conversation.started',
      'conversation.talking',
      'conversation.partyadded',
    ]);
  });
});
