import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createFrameReader, encodeFrame } from '@cordboard/cti-protocol';
import { type JsonObject } from '@cordboard/kernel';
import { createHealth, createLogger, createMetrics, RuntimeModule, systemClock } from '@cordboard/runtime';
import { eventually } from '@cordboard/testing';
import { Test } from '@nestjs/testing';
import { SimulatorConfig } from './simulator-config.ts';
import { SimulatorModule } from './simulator.module.ts';
import { SwitchDriver } from './switch-driver.ts';

const S = '01890000-0000-7000-8000-000000000001';
const TOKEN = 'a-token-of-the-switch';

interface Heard {
  readonly header: { readonly type: string; readonly name?: string; readonly result?: string };
  readonly body: JsonObject;
}

/** A gateway that takes one client after the other and asks what it is told to. */
const gateway = async () => {
  const heard: Heard[] = [];
  const sockets: Socket[] = [];
  let count = 0;
  const server = createServer((socket) => {
    sockets.push(socket);
    const read = createFrameReader({ maxBytes: 524_288, closeBytes: 16_777_216 });
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Uint8Array) => {
      for (const frame of read(chunk))
        if (frame.kind === 'frame') heard.push(JSON.parse(frame.text) as Heard);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ask = (name: string, target: string, body: JsonObject = {}): void => {
    const header = { type: name.includes('.query.') ? 'cti.query' : 'cti.request', name, target };
    const text = JSON.stringify({ header: { ...header, requestId: String((count += 1)) }, body });
    sockets.at(-1)?.write(encodeFrame(text));
  };
  return {
    ...{ heard, sockets, ask },
    port: (server.address() as AddressInfo).port,
    names: () => heard.map(({ header }) => header.name ?? header.type),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};

let far: Awaited<ReturnType<typeof gateway>>;

const start = async () => {
  const config = Object.assign(new SimulatorConfig(), {
    ctiUrl: `tcp://127.0.0.1:${far.port}`,
    ctiToken: TOKEN,
    agents: 20,
  });
  const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
  const health = createHealth(systemClock);
  const parts = { config, logger, metrics: createMetrics('cti-simulator'), health, clock: systemClock };
  const built = await Test.createTestingModule({
    imports: [RuntimeModule.forRoot(parts), SimulatorModule],
  }).compile();
  return { app: await built.init(), health };
};

beforeEach(async () => {
  far = await gateway();
});

afterEach(() => far.close());

it('speaks the bridge over TCP, and connects again when it is cut off', async () => {
  const { app, health } = await start();
  try {
    await eventually(() => far.heard.length > 0);
    expect(far.heard[0]).toEqual({
      header: { type: 'cti.hello' },
      body: { processor: 'sim', token: TOKEN },
    });
    far.ask('cti.request.status', 'sim.CONTROL');
    await eventually(() => far.names().includes('cti.status'));
    expect(far.names()).toEqual(['cti.hello', 'cti.request.status', 'cti.status']);
    far.ask('cti.request.createsession', 'sim.CONTROL', { id: S, agent: { id: '1020' } });
    const created = () => far.heard.find(({ header }) => header.name === 'cti.request.createsession');
    await eventually(() => created() !== undefined);
    expect(created()?.header.result).toBe('SUCCESS');
    expect(await health.ready()).toMatchObject({ ready: true });

    far.sockets[0]?.destroy();
    await eventually(() => far.sockets.length === 2);
    await eventually(() => far.names().filter((name) => name === 'cti.hello').length === 2);
    app.get(SwitchDriver).apply({ kind: 'place-call', to: '7002', from: '+12025550123' });
    far.ask('cti.request.status', 'sim.CONTROL');
    await eventually(() => far.names().filter((name) => name === 'cti.status').length === 2);
  } finally {
    await app.close();
  }
});
