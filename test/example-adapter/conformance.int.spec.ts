import { createAdapter, type LinkTo, natsLink, tcpLink } from '@cordboard/adapter-sdk';
import { createMemoryNetwork } from '@cordboard/bus';
import { type Carrier, natsCarrier, openTcpCarrier, runAdapterConformance } from '@cordboard/conformance';
import { systemClock, systemIds } from '@cordboard/runtime';
import { littleHandlers, reportNotices } from './adapter.ts';
import { createLittleSwitch } from './little-switch.ts';

const AT = { tenant: 'demo', processor: 'little' };
const AGENTS = ['101', '102', '103'];
const silent = (): void => undefined;
const OWN = {
  clock: systemClock,
  logger: { info: silent, warn: silent, error: silent },
  processor: AT.processor,
};

interface Carried {
  readonly carrier: Carrier;
  readonly link: LinkTo;
}

const overNats = async (): Promise<Carried> => {
  const network = createMemoryNetwork();
  const rest = { ...AT, ids: systemIds, instance: 'little-1', bus: network.connect() };
  return {
    carrier: natsCarrier(network.connect(), { ...AT, where: 'memory' }),
    link: natsLink({ ...OWN, ...rest }),
  };
};

const overTcp = async (): Promise<Carried> => {
  const host = '127.0.0.1';
  const carrier = await openTcpCarrier({ host, port: 0, processor: AT.processor });
  return { carrier, link: tcpLink({ ...OWN, host, port: Number(carrier.where.split(':')[1]) }) };
};

/** Why checks of the level `basic` are not run. */
const LACKS = ['the adapter says dtmf-supported false', 'the adapter says interaction-data-supported false'];

it.each([
  ['NATS', overNats, ['over TCP only']],
  ['TCP', overTcp, []],
])('the example passes the conformance kit over %s', async (_, carry, elsewhere) => {
  const phones = createLittleSwitch(
    AGENTS.map((number) => ({ number, name: `Phone ${number}`, pin: '1234' })),
  );
  const { carrier, link } = await carry();
  const adapter = createAdapter({ ...OWN, handlers: littleHandlers(phones), link });
  reportNotices(phones, adapter.report);
  adapter.start();
  const agents = { processor: AT.processor, agents: AGENTS, password: '1234' };
  const { entries } = await runAdapterConformance({ carrier, ...agents, settleMs: 10 });
  await adapter.stop();
  expect(entries.filter(({ status }) => status === 'failed')).toEqual([]);
  const notRun = entries.filter(({ row, status }) => row === 'basic' && status === 'not run');
  expect([...new Set(notRun.map(({ expected }) => expected))].toSorted()).toEqual(
    [...LACKS, ...elsewhere].toSorted(),
  );
});
