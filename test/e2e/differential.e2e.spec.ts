import { type AdapterOptions, createAdapter, natsLink, tcpLink } from '@cordboard/adapter-sdk';
import { connectNats } from '@cordboard/bus';
import { capability, type CapabilityKey } from '@cordboard/cti-protocol';
import { systemClock, systemIds } from '@cordboard/runtime';
import { type Stack, type StackApp, startApp, startStack } from '@cordboard/testing';
import { littleHandlers, reportNotices } from '../example-adapter/adapter.ts';
import { createLittleSwitch } from '../example-adapter/little-switch.ts';
import { controlOf } from './support/control.ts';
import { playCall } from './support/one-call.ts';

const AGENT = '1001';
const CALLER = { number: '+12025550123', name: 'Example Caller' };
const silent = (): void => undefined;
/** The little switch can do less than the simulator, so what it can do is what both can. */
const CAPABILITIES = littleHandlers(createLittleSwitch([])).capabilities();
const can = (key: string): boolean => capability(CAPABILITIES, key as CapabilityKey);
const OWN = { clock: systemClock, logger: { info: silent, warn: silent, error: silent } };

/** One phone system, joined to Cordboard in one way. */
interface Joined {
  readonly processor: string;
  /** Somebody outside calls the agent. */
  readonly ring: () => Promise<unknown>;
  readonly leave: () => Promise<unknown>;
}

let stack: Stack;
const joined: Joined[] = [];

const simulatorOn = (processor: string, url: string, leave: Joined['leave']): Joined => ({
  processor,
  ring: () => controlOf(url).place({ to: AGENT, from: CALLER.number, name: CALLER.name }),
  leave,
});

const exampleOn = (processor: string, link: AdapterOptions['link'], leave: Joined['leave']): Joined => {
  const phones = createLittleSwitch([{ number: AGENT, name: 'Agent 1001', pin: 'demo' }]);
  const adapter = createAdapter({ ...OWN, processor, handlers: littleHandlers(phones), link });
  reportNotices(phones, adapter.report);
  adapter.start();
  return {
    processor,
    ring: async () => phones.ring(AGENT, CALLER),
    leave: async () => {
      await adapter.stop();
      await leave();
    },
  };
};

const TOKENS = { 'sim-tcp': 'simulator-over-tcp', 'little-tcp': 'example-over-tcp' };

/** A second simulator, which knows nothing of NATS. */
const simulatorOverTcp = async (port: number): Promise<Joined> => {
  const processor = 'sim-tcp';
  const simulator = await startApp('cti-simulator', {
    CORDBOARD_PROCESSOR: processor,
    CORDBOARD_SIMULATOR_PORT: '0',
    CORDBOARD_CTI_URL: `tcp://127.0.0.1:${port}`,
    CORDBOARD_CTI_TOKEN: TOKENS[processor],
  });
  return simulatorOn(processor, `http://127.0.0.1:${simulator.ports['http']}`, simulator.stop);
};

const exampleOverTcp = (port: number): Joined => {
  const processor = 'little-tcp';
  const at = { host: '127.0.0.1', port, processor, token: TOKENS[processor] };
  return exampleOn(processor, tcpLink({ ...OWN, ...at }), async () => undefined);
};

const exampleOverNats = async (): Promise<Joined> => {
  const bus = await connectNats({ url: stack.nats.url, name: 'example' });
  const at = { bus, tenant: 'demo', processor: 'little-nats', instance: 'little-1', ids: systemIds };
  return exampleOn(at.processor, natsLink({ ...OWN, ...at }), () => bus.drain());
};

let gateway: StackApp;

beforeAll(async () => {
  stack = await startStack({ workers: 1 });
  gateway = await startApp('cti-gateway', {
    CORDBOARD_NATS_URL: stack.nats.url,
    CORDBOARD_CTI_PORT: '0',
    CORDBOARD_CTI_TOKENS: Object.entries(TOKENS)
      .map(([processor, token]) => `${processor}=${token}`)
      .join(','),
  });
  const port = gateway.ports['cti'] ?? 0;
  joined.push(
    simulatorOn('sim', stack.simulatorUrl, async () => undefined),
    await simulatorOverTcp(port),
    await exampleOverNats(),
    exampleOverTcp(port),
  );
}, 120_000);

afterAll(async () => {
  for (const { leave } of joined) await leave();
  await gateway.stop();
  await stack.stop();
});

it('one scenario gives an agent the same events on every phone system, however it is joined', async () => {
  const [first, ...others] = joined;
  if (first === undefined) throw new Error('nobody is there');
  const expected = await playCall(stack.edgeUrl, AGENT, { ...first, can });
  expect(expected.map(({ name }) => name)).toContain('interaction.disposed');
  for (const other of others) {
    const events = await playCall(stack.edgeUrl, AGENT, { ...other, can });
    expect({ on: other.processor, events }).toEqual({ on: other.processor, events: expected });
  }
});
