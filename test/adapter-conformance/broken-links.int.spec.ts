import { natsLink } from '@cordboard/adapter-sdk';
import { type Bus, createMemoryNetwork, HEADERS } from '@cordboard/bus';
import { natsCarrier, runAdapterConformance } from '@cordboard/conformance';
import { createLogger, systemClock, systemIds } from '@cordboard/runtime';
import { simulatedSwitch } from './simulated-switch.ts';

type Change = (headers: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;

const same: Change = (headers) => headers;

/** A bus whose user misunderstands what comes, or says the wrong thing beside what goes. */
const brokenBus = (
  bus: Bus,
  { hears = same, asks = same }: { readonly hears?: Change; readonly asks?: Change },
): Bus => ({
  ...bus,
  subscribe: (subject, handler, options) =>
    bus.subscribe(subject, (message) => handler({ ...message, headers: hears(message.headers) }), options),
  ask: (subject, body, handlers) =>
    bus.ask(subject, body, { ...handlers, headers: asks(handlers.headers ?? {}) }),
});

const without =
  (name: string): Change =>
  ({ [name]: _left, ...rest }) =>
    rest;

const numbersTwice: Change = (headers) => {
  const ctiSeq = Number(headers[HEADERS.ctiSeq]);
  return Number.isNaN(ctiSeq) ? headers : { ...headers, [HEADERS.ctiSeq]: String(ctiSeq * 2) };
};

/** What the kit finds wrong in an adapter behind such a bus. */
const faultsOf = async (faults: Parameters<typeof brokenBus>[1]): Promise<readonly string[]> => {
  const { peer, stop } = simulatedSwitch();
  const network = createMemoryNetwork();
  const at = { tenant: 'demo', processor: 'sim' };
  const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
  const bus = brokenBus(network.connect(), faults);
  const link = natsLink({ ...at, bus, clock: systemClock, ids: systemIds, instance: 'sim-1', logger })(peer);
  const carrier = natsCarrier(network.connect(), { ...at, where: 'memory' });
  link.start();
  try {
    const rest = {
      processor: 'sim',
      agents: ['1007', '1008'],
      password: 'demo',
      settleMs: 10,
      timeoutMs: 2_500,
    };
    const { entries } = await runAdapterConformance({ carrier, ...rest, levels: ['recovery'], only: 'K' });
    return entries.filter(({ status }) => status === 'failed').map(({ id }) => id);
  } finally {
    await link.stop();
    stop();
  }
};

describe('the kit names what is wrong beside the messages, over NATS', () => {
  it.each([
    ['nothing', {}, []],
    ['probes are carried out', { hears: without(HEADERS.probe) }, ['K11-probe']],
    [
      'epochs are not looked at',
      { hears: (headers) => ({ ...headers, [HEADERS.epoch]: '9' }) },
      ['K11-stale'],
    ],
    ['events are numbered wrongly', { asks: numbersTwice }, ['K9']],
  ])('%s', async (_what, faults, named) => {
    expect(await faultsOf(faults)).toEqual(named);
  });
});
