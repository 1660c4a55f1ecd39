import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryNetwork } from '@cordboard/bus';
import { createLogger } from '@cordboard/runtime';
import { bridgeWorker, sequentialIds, virtualClock } from '@cordboard/testing';
import { carrierOver } from './carrier.ts';
import { appendingTo, createEffectLog } from './effect-log.ts';
import { Faults } from './faults/faults.ts';
import { Outage } from './outage.ts';
import { joinSwitch } from './simulator-adapter.ts';
import { SimulatorConfig } from './simulator-config.ts';
import { SwitchDriver } from './switch-driver.ts';

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-test' };
const S = '01890000-0000-7000-8000-000000000001';

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'effects-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = async (file: string) => {
  const network = createMemoryNetwork();
  const driver = new SwitchDriver(virtualClock(), sequentialIds());
  const { clock } = driver;
  const effects = createEffectLog({ instance: WHERE.instance, clock, write: appendingTo(file, logger) });
  const carrier = carrierOver(
    () => Promise.resolve(network.connect()),
    Object.assign(new SimulatorConfig(), WHERE),
    { clock, logger, metrics: { count: () => undefined }, effects },
  );
  const faults = new Faults(clock);
  joinSwitch({ driver, outage: new Outage(clock), faults, carrier }).start();
  await settle();
  return { worker: bridgeWorker(network.connect(), WHERE), driver, faults };
};

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);

it('writes each request that was carried out once, and each event with its number; refusals are not effects', async () => {
  const file = join(folder, 'log');
  const { worker, faults } = await open(file);
  const wishes = { name: '', chat: false, email: false, callback: false };
  await worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  worker.own(S);
  await worker.ask('session.query.init', S, wishes);
  await worker.ask('session.request.addchannelgroup', S, { id: 'G', nativeid: 'TEAM' });
  await worker.ask('channelgroup.query.init', `${S}.G`);
  await worker.ask('channelgroup.request.addchannel', `${S}.G`, {
    id: 'C',
    nativeid: '1001',
    type: 'TELEPHONY',
  });
  await worker.ask('channel.query.init', `${S}.G.C`);
  await worker.ask('channel.request.ready', `${S}.G.C`);
  await worker.ask('channel.request.activate', `${S}.G.C`, {}, { requestId: 'twice' });
  await worker.ask('channel.request.activate', `${S}.G.C`, {}, { requestId: 'twice' });
  faults.set({ seed: 1, rules: [{ on: 'answer', name: 'channel.request.ready', do: 'refuse' }] });
  await worker.ask('channel.request.ready', `${S}.G.C`);
  await settle();
  const told = linesOf(file);
  expect(told.map(({ kind, name }) => `${String(kind)} ${String(name)}`)).toEqual([
    'done cti.request.createsession',
    'done session.request.addchannelgroup',
    'done channelgroup.request.addchannel',
    'done channel.request.activate',
    'event channel.activated',
  ]);
  expect(told[3]).toMatchObject({
    instance: 'sim-test',
    requestId: 'twice',
    target: `${S}.G.C`,
    epoch: 1,
    probe: false,
    incarnation: expect.any(String) as string,
  });
  expect(told[4]).toMatchObject({ target: `${S}.G.C`, ctiSeq: 1 });
});

it('refuses a file that cannot be opened, and outlives one that cannot be written', () => {
  expect(() => appendingTo(join(folder, 'nowhere', 'log'), logger)).toThrow('ENOENT');
  expect(() => appendingTo('/dev/full', logger)('line\n')).not.toThrow();
});
