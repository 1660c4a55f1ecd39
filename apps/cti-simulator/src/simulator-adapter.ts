import {
  type Adapter,
  ADAPTER_COUNTERS,
  type AdapterMetrics,
  createAdapter,
  natsLink,
} from '@cordboard/adapter-sdk';
import { type Bus } from '@cordboard/bus';
import { type Logger, type Metrics, systemIds } from '@cordboard/runtime';
import { createAddressBookFeed } from './address-book-feed.ts';
import { type SimulatorConfig } from './simulator-config.ts';
import { type SwitchDriver } from './switch-driver.ts';
import { createSwitchHandlers } from './switch-handlers.ts';
import { reportEvent } from './switch-reports.ts';

export const ADAPTER = Symbol('Adapter');
export const ADAPTER_METRICS = Symbol('AdapterMetrics');

/** The adapter's counters in the registry of the app. */
export const countAdapter = (metrics: Metrics): AdapterMetrics => {
  const counter = metrics.counter({
    name: 'adapter_total',
    help: 'What the adapter did, by kind',
    labels: { kind: ADAPTER_COUNTERS },
  });
  return { count: (kind, by = 1) => counter.add({ kind }, by) };
};

type Named = Pick<SimulatorConfig, 'tenant' | 'processor' | 'instance'>;

/** Joins the simulated switch to Cordboard: requests go to the switch, what happens there is reported. */
export const joinSwitch = (
  bus: Bus,
  driver: SwitchDriver,
  { tenant, processor, instance }: Named,
  logger: Logger,
  metrics: AdapterMetrics,
): Adapter => {
  const { clock } = driver;
  const feed = createAddressBookFeed(
    clock,
    () => driver.state,
    (at, books) => adapter.report.addressBook(at, books),
  );
  const handlers = createSwitchHandlers(driver, feed);
  const ports = { processor, clock, logger, metrics };
  const link = natsLink({ ...ports, bus, ids: systemIds, tenant, instance });
  const adapter = createAdapter({ ...ports, handlers, link });
  driver.onEvent((event) => {
    reportEvent(adapter.report, driver.state, event);
    feed.changed();
    if (event.type === 'AgentLoggedOut') feed.stop(event.agent);
  });
  driver.onStop(feed.stopAll);
  return adapter;
};
