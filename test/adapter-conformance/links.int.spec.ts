import { type BridgeLink, natsLink, tcpLink } from '@cordboard/adapter-sdk';
import { createMemoryNetwork } from '@cordboard/bus';
import {
  type AdapterReport,
  type Carrier,
  natsCarrier,
  openTcpCarrier,
  runAdapterConformance,
} from '@cordboard/conformance';
import { createLogger, systemClock, systemIds } from '@cordboard/runtime';
import { type SimulatedSwitch, simulatedSwitch } from './simulated-switch.ts';

const AT = { tenant: 'demo', processor: 'sim' };
const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
const ports = { clock: systemClock, logger, processor: AT.processor };

interface Carried {
  readonly carrier: Carrier;
  readonly link: BridgeLink;
}

const overNats = async ({ peer }: SimulatedSwitch): Promise<Carried> => {
  const network = createMemoryNetwork();
  const rest = { ...ports, bus: network.connect(), ids: systemIds, tenant: AT.tenant, instance: 'sim-1' };
  return { carrier: natsCarrier(network.connect(), { ...AT, where: 'memory' }), link: natsLink(rest)(peer) };
};

const overTcp = async ({ peer }: SimulatedSwitch): Promise<Carried> => {
  const carrier = await openTcpCarrier({ host: '127.0.0.1', port: 0, processor: AT.processor });
  const port = Number(carrier.where.split(':')[1]);
  return { carrier, link: tcpLink({ ...ports, host: '127.0.0.1', port })(peer) };
};

const check = async (carry: (house: SimulatedSwitch) => Promise<Carried>): Promise<AdapterReport> => {
  const house = simulatedSwitch(AT.processor);
  const { carrier, link } = await carry(house);
  link.start();
  const rest = { processor: AT.processor, agents: ['1007', '1008', '1009'], password: 'demo', settleMs: 10 };
  try {
    return await runAdapterConformance({ carrier, world: house.world, ...rest });
  } finally {
    await link.stop();
    house.stop();
  }
};

const notRun = ({ entries }: AdapterReport): readonly string[] => [
  ...new Set(entries.filter(({ status }) => status === 'not run').map(({ expected = '' }) => expected)),
];

const LINKS = [
  ['NATS', overNats, 'over TCP only'],
  ['TCP', overTcp, 'over NATS only'],
] as const;

let reports: readonly AdapterReport[];

beforeAll(async () => {
  reports = await Promise.all(LINKS.map(([, carry]) => check(carry)));
});

describe.each(LINKS.map(([name, , elsewhere], index) => ({ name, elsewhere, index })))(
  'an adapter made with our kit, over $name',
  ({ elsewhere, index }) => {
    it('passes, and only what belongs to the other link is not run', () => {
      const report = reports[index] as AdapterReport;
      expect(report.entries.filter(({ status }) => status === 'failed')).toEqual([]);
      const none = ['the adapter says that it can do everything', 'no message to judge it by', elsewhere];
      expect(none).toEqual(expect.arrayContaining([...notRun(report)]));
      expect(notRun(report)).toContain(elsewhere);
    });
  },
);
