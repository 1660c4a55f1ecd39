import {
  type Adapter,
  ADAPTER_COUNTERS,
  type AdapterMetrics,
  type BridgeLink,
  createAdapter,
  type LinkTo,
} from '@cordboard/adapter-sdk';
import { type Metrics } from '@cordboard/runtime';
import { queueFigures, type SwitchEvent } from '@cordboard/switch-sim';
import { type AddressBookFeed, createAddressBookFeed } from './address-book-feed.ts';
import { type Carrier } from './carrier.ts';
import { recordedPeer } from './effect-log.ts';
import { type Faults } from './faults/faults.ts';
import { faultyPeer } from './faults/faulty-peer.ts';
import { type Outage, unreachablePeer } from './outage.ts';
import { createQueueFeed, type QueueFeed } from './queue-feed.ts';
import { type SwitchDriver } from './switch-driver.ts';
import { createSwitchHandlers } from './switch-handlers.ts';
import { reportEvent } from './switch-reports.ts';

export const SIMULATOR_ADAPTER = Symbol('SimulatorAdapter');
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

/** The switch, what stands between it and Cordboard, and what carries it there. */
export interface Joining {
  readonly driver: SwitchDriver;
  readonly outage: Outage;
  readonly faults: Faults;
  readonly carrier: Carrier;
}

/** The adapter of the simulated switch. */
export interface SimulatorAdapter extends Pick<Adapter, 'start' | 'stop' | 'health'> {
  /** As if its process ended at once and began anew: it knows no session. The switch goes on. */
  readonly restart: () => void;
}

const RESTARTS = 'the switch restarts';

interface Life {
  readonly adapter: Adapter;
  readonly books: AddressBookFeed;
  readonly queues: QueueFeed;
  /** It is gone at once. */
  readonly die: () => void;
}

const beginLife = ({ driver, outage, faults, carrier }: Joining): Life => {
  const { clock, logger, metrics, processor, effects } = carrier;
  let held: BridgeLink | null = null;
  const link: LinkTo = (peer) => {
    const reached = unreachablePeer(recordedPeer(peer, effects), outage);
    return (held = carrier.newLink()(faultyPeer(reached, faults, clock)));
  };
  const books = createAddressBookFeed(
    clock,
    () => driver.state,
    (at, listed) => adapter.report.addressBook(at, listed),
  );
  const queues = createQueueFeed(
    clock,
    () => queueFigures(driver.state, clock.now()),
    (figures) => adapter.report.queues(figures),
  );
  const status = outage.isOn ? 'STOPPED' : 'STARTED';
  const handlers = createSwitchHandlers(driver, books);
  const adapter = createAdapter({ processor, handlers, status, clock, logger, metrics, link });
  const die = (): void => {
    books.stopAll();
    queues.stop();
    held?.lost('the adapter restarts');
  };
  return { adapter, books, queues, die };
};

/** What happens in the switch is told, unless it cannot be reached. */
const tell = ({ adapter, books, queues }: Life, driver: SwitchDriver, event: SwitchEvent): void => {
  reportEvent(adapter.report, driver.state, event);
  if (event.type === 'AgentLoggedOut') books.stop(event.agent);
  books.changed();
  queues.changed();
};

/** Joins the simulated switch to Cordboard: requests go to the switch, what happens there is reported. */
export const joinSwitch = (joining: Joining): SimulatorAdapter => {
  const { driver, outage, faults } = joining;
  let life = beginLife(joining);
  driver.onEvent((event) => {
    if (!outage.isOn) tell(life, driver, event);
  });
  outage.onChange((isOn) => {
    life.adapter.setStatus(isOn ? 'STOPPED' : 'STARTED', isOn ? RESTARTS : undefined);
    if (isOn) return;
    life.books.changed();
    life.queues.changed();
  });
  driver.onStop(() => {
    outage.stop();
    faults.forget();
    life.books.stopAll();
    life.queues.stop();
  });
  return {
    start: () => life.adapter.start(),
    stop: () => life.adapter.stop(),
    health: () => life.adapter.health(),
    restart: () => {
      life.die();
      faults.forget();
      life = beginLife(joining);
      life.adapter.start();
    },
  };
};
