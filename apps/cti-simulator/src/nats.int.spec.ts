import { type Bus, connectNats } from '@cordboard/bus';
import { createHealth, createLogger, createMetrics, RuntimeModule, systemClock } from '@cordboard/runtime';
import { bridgeWorker, eventually, privateNats, type PrivateNats } from '@cordboard/testing';
import { type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { SimulatorConfig } from './simulator-config.ts';
import { SimulatorModule } from './simulator.module.ts';
import { SwitchDriver } from './switch-driver.ts';

const S = '01890000-0000-7000-8000-000000000001';

let nats: PrivateNats;
let desk: Bus;
let app: INestApplicationContext;
const health = createHealth(systemClock);

beforeAll(async () => {
  nats = await privateNats();
  desk = await connectNats({ url: nats.url, name: 'desk' });
  const config = Object.assign(new SimulatorConfig(), { natsUrl: nats.url });
  const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
  const metrics = createMetrics('cti-simulator');
  const parts = { config, logger, metrics, health, clock: systemClock };
  const built = await Test.createTestingModule({
    imports: [RuntimeModule.forRoot(parts), SimulatorModule],
  }).compile();
  app = await built.init();
});

afterAll(async () => {
  await app.close();
  await desk.drain();
  await nats.stop();
});

it('meets a worker over NATS, reports a call, and goes on with it when the server was gone', async () => {
  const { instance } = app.get(SimulatorConfig);
  expect(instance).toBe('sim-1');
  const worker = bridgeWorker(desk, { tenant: 'demo', processor: 'sim', instance });
  const events = worker.own(S);
  await desk.flush();
  await eventually(async () => (await health.ready()).ready);
  await worker.control('cti.request.status');
  await eventually(() => worker.statuses.length > 0);
  expect(worker.statuses[0]).toMatchObject({ status: 'STARTED', instance, sessions: 0 });

  await worker.control('cti.request.createsession', { id: S, agent: { id: '1001' } });
  await worker.ask('session.query.init', S, { name: '', chat: false, email: false, callback: false });
  await worker.ask('session.request.addchannelgroup', S, { id: 'G', nativeid: 'TEAM' });
  await worker.ask('channelgroup.request.addchannel', `${S}.G`, {
    id: 'H',
    nativeid: '1001',
    type: 'TELEPHONY',
  });
  await worker.ask('channel.query.init', `${S}.G.H`);
  await worker.ask('channel.request.activate', `${S}.G.H`);
  app.get(SwitchDriver).apply({ kind: 'place-call', to: '1001', from: '+12025550123' });
  await eventually(() => events.length === 3);
  expect(events.map(({ name, ctiSeq }) => `${String(ctiSeq)} ${name}`)).toEqual([
    '1 channel.activated',
    '2 channel.notready',
    '3 channel.interaction',
  ]);

  expect(await health.ready()).toMatchObject({ ready: true });
  await nats.kill();
  await eventually(async () => !(await health.ready()).ready);
  app.get(SwitchDriver).apply({ kind: 'clear-calls' });
  await nats.restart();
  desk = await connectNats({ url: nats.url, name: 'desk again' });
  const again = bridgeWorker(desk, { tenant: 'demo', processor: 'sim', instance });
  const missed = again.own(S);
  await eventually(async () => (await health.ready()).ready, { timeoutMs: 10_000 });
  await eventually(() => missed.length > 0, { timeoutMs: 10_000 });
  expect(missed[0]?.ctiSeq).toBe(4);
});
