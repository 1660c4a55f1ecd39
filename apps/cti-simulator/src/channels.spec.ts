import { createMemoryNetwork } from '@cordboard/bus';
import { type JsonObject } from '@cordboard/kernel';
import { createLogger } from '@cordboard/runtime';
import { bridgeWorker, sequentialIds, virtualClock } from '@cordboard/testing';
import { carrierOver } from './carrier.ts';
import { Faults } from './faults/faults.ts';
import { Outage } from './outage.ts';
import { joinSwitch } from './simulator-adapter.ts';
import { SimulatorConfig } from './simulator-config.ts';
import { SwitchDriver, type SwitchOperation } from './switch-driver.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-test' };
const S = '01890000-0000-7000-8000-000000000001';
const FROM = 'customer@example.com';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** A session of agent 1001 with the group TEAM registered as G. */
const open = async () => {
  const network = createMemoryNetwork();
  const driver = new SwitchDriver(virtualClock(), sequentialIds());
  const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
  const { clock } = driver;
  const speaking = { clock, logger, metrics: { count: () => undefined } };
  const carrier = carrierOver(
    () => Promise.resolve(network.connect()),
    Object.assign(new SimulatorConfig(), WHERE),
    speaking,
  );
  const outage = new Outage(clock);
  joinSwitch({ driver, outage, faults: new Faults(clock), carrier }).start();
  await settle();
  const worker = bridgeWorker(network.connect(), WHERE);
  const ask = (name: string, path: string, body: JsonObject = {}) => worker.ask(name, path, body);
  const read = () => ask('session.query.init', S, { name: '', chat: false, email: false, callback: false });
  await worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  await read();
  await ask('session.request.addchannelgroup', S, { id: 'G', nativeid: 'TEAM' });
  await ask('channelgroup.query.init', `${S}.G`);
  const events = worker.own(S);
  return {
    ...{ ask, read, events },
    /** Registers a channel and reads it. */
    add: async (parent: string, id: string, nativeid: string, type: string) => {
      const added = await ask('channelgroup.request.addchannel', parent, { id, nativeid, type });
      return added.result === 'SUCCESS' ? ask('channel.query.init', `${parent}.${id}`) : added;
    },
    act: async (operation: SwitchOperation) => {
      const decided = driver.apply(operation);
      expect(decided.ok).toBe(true);
      await settle();
    },
    /** The events so far, each with where it went; then none. */
    heard: async () => {
      await settle();
      return events.splice(0).map(({ name, target }) => `${name} ${target.slice(S.length + 1)}`);
    },
  };
};

const INACTIVE = {
  result: 'SUCCESS',
  body: { 'channel-state': 'INACTIVE', 'agent-state': { status: 'not_ready' }, interactions: [] },
};

describe('stand-alone channels', () => {
  it.each([
    ['1001-desk', 'TELEPHONY'],
    ['1001-solo-chat', 'CHAT'],
    ['1001-solo-email', 'EMAIL'],
  ])('%s is added, used, found by the next reading, and removed', async (endPoint, type) => {
    const { ask, read, add, heard } = await open();
    expect(await add(S, 'D', endPoint, type)).toMatchObject(INACTIVE);
    await ask('channel.request.activate', `${S}.D`);
    await ask('channel.request.ready', `${S}.D`);
    expect(await heard()).toEqual(['channel.activated D', 'channel.ready D']);
    expect((await read()).body.channels).toEqual([{ 'end-point': endPoint, type }]);
    await ask('channel.request.deactivate', `${S}.D`);
    expect(await heard()).toEqual(['channel.deactivated D']);
    expect((await ask('channelgroup.request.removechannel', S, { id: 'D' })).result).toBe('SUCCESS');
    expect((await read()).body.channels).toEqual([]);
    expect(await heard()).toEqual([]);
  });

  it('that the agent does not have are refused, by name', async () => {
    const { add } = await open();
    const refused = { result: 'FAILURE', errorMessage: expect.stringContaining('1001-desk') as string };
    expect(await add(S, 'D', 'elsewhere', 'TELEPHONY')).toMatchObject(refused);
  });
});

describe('groups', () => {
  const wishes = { chat: true, email: true, callback: false };

  it('are added with the channels wished for, and removed', async () => {
    const { ask, read, add } = await open();
    const project = { id: 'P', nativeid: 'PROJECT', name: 'PROJECT', ...wishes };
    expect((await ask('session.request.addchannelgroup', S, project)).result).toBe('SUCCESS');
    expect((await ask('channelgroup.query.init', `${S}.P`)).body).toEqual({
      channels: [
        { 'end-point': '1001-PROJECT-chat', type: 'CHAT' },
        { 'end-point': '1001-PROJECT-email', type: 'EMAIL' },
      ],
    });
    expect(await add(`${S}.P`, 'C', '1001-PROJECT-chat', 'CHAT')).toMatchObject(INACTIVE);
    const names = async () =>
      ((await read()).body['channel-groups'] as readonly { readonly id: string }[]).map(({ id }) => id);
    expect(await names()).toEqual(['TEAM', 'PROJECT']);
    await ask('session.request.removechannelgroup', S, { id: 'P' });
    expect(await names()).toEqual(['TEAM']);
  });

  it('of an unknown name are refused, naming the known ones', async () => {
    const { ask } = await open();
    const party = { id: 'P', nativeid: 'PARTY', name: 'PARTY', ...wishes };
    expect(await ask('session.request.addchannelgroup', S, party)).toMatchObject({
      result: 'FAILURE',
      errorMessage: expect.stringContaining('TEAM, PROJECT, BACKOFFICE') as string,
    });
    expect((await ask('channelgroup.query.init', `${S}.P`)).result).toBe('FAILURE');
  });
});

describe('a channel', () => {
  it('joins its group and vanishes by itself; a successor is a new one', async () => {
    const { ask, events, add, act, heard } = await open();
    const chat = { agent: '1001', channel: '1001-visit' };
    await act({ kind: 'join-channel', ...chat, type: 'CHAT' });
    expect(events.at(-1)?.body).toEqual({ nativeid: '1001-visit', type: 'CHAT' });
    expect(await add(`${S}.G`, 'C', '1001-visit', 'CHAT')).toMatchObject(INACTIVE);
    await act({ kind: 'remove-channel', ...chat, byPhone: true });
    expect(await heard()).toEqual(['channelgroup.channel G', 'channel.disposed G.C']);
    await ask('channel.request.dispose', `${S}.G.C`);
    await act({ kind: 'join-channel', ...chat, type: 'CHAT' });
    await add(`${S}.G`, 'C2', '1001-visit', 'CHAT');
    await act({ kind: 'activate', ...chat });
    expect(await heard()).toEqual(['channelgroup.channel G', 'channel.activated G.C2']);
  });

  it('of a type that nobody handles is read and disposed, and nothing else', async () => {
    const { ask, add, act } = await open();
    await act({ kind: 'join-channel', agent: '1001', channel: '1001-fax', type: 'FAX' });
    const read = await add(`${S}.G`, 'F', '1001-fax', 'FAX');
    expect(read).toMatchObject({ result: 'SUCCESS', body: { 'channel-state': 'INACTIVE' } });
    expect(read.body).not.toHaveProperty('interactions');
    for (const name of ['activate', 'deactivate', 'ready']) {
      expect((await ask(`channel.request.${name}`, `${S}.G.F`)).result).toBe('FAILURE');
    }
    expect((await ask('channel.request.dispose', `${S}.G.F`)).result).toBe('SUCCESS');
  });
});

describe('a contact', () => {
  it.each([
    ['EMAIL', '1001-solo-email'],
    ['CHAT', '1001-solo-chat'],
  ])(
    '%s rings, is accepted and is completed, without an end before, at the channel of its medium',
    async (type, endPoint) => {
      const { ask, events, add, act, heard } = await open();
      await add(S, 'D', endPoint, type);
      await ask('channel.request.activate', `${S}.D`);
      await ask('channel.request.ready', `${S}.D`);
      await heard();
      await act({ kind: 'place-contact', type, to: '7000', from: FROM });
      const nativeid = events.at(-1)?.body.nativeid as string;
      expect(await heard()).toEqual(['channel.ready D', 'channel.interaction D']);
      await ask('channel.request.createinteraction', `${S}.D`, { id: 'I', nativeid });
      const { body } = await ask('interaction.query.init', `${S}.D.I`);
      expect(body).toMatchObject({ 'interaction-state': 'ALERTING', 'interaction-data': { FROM } });
      expect(body).not.toHaveProperty('conversations');
      await ask('interaction.request.accept', `${S}.D.I`);
      await ask('interaction.request.complete', `${S}.D.I`);
      expect(await heard()).toEqual([
        'interaction.alerting D.I',
        'interaction.started D.I',
        'channel.ready D',
      ]);
    },
  );
});
