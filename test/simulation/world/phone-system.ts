import { type Adapter, type BridgePeer, createAdapter, reconnectingNatsLink } from '@cordboard/adapter-sdk';
import { type IdSource } from '@cordboard/kernel';
import { demoRoster, initialSwitch } from '@cordboard/switch-sim';
import { createAddressBookFeed } from '../../../apps/cti-simulator/src/address-book-feed.ts';
import { SwitchDriver } from '../../../apps/cti-simulator/src/switch-driver.ts';
import { createSwitchHandlers } from '../../../apps/cti-simulator/src/switch-handlers.ts';
import { reportEvent } from '../../../apps/cti-simulator/src/switch-reports.ts';
import { createHost, type Host } from './host.ts';
import { type Network } from './network.ts';
import { type Random } from './random.ts';
import { type Scheduler } from './scheduler.ts';

/** Something that reached the switch. */
interface Effect {
  readonly step: number;
  readonly at: number;
  readonly name: string;
  readonly target: string;
  readonly requestId: string;
}

/** The simulated switch, which never dies, and its adapter, which may. */
export interface PhoneSystem {
  readonly driver: SwitchDriver;
  readonly effects: readonly Effect[];
  /** The adapter process of now. */
  readonly host: () => Host;
  /** The adapter's process ends; another one starts a little later and knows nothing. */
  readonly crash: () => void;
  readonly start: () => void;
}

interface Given {
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly random: Random;
  readonly ids: IdSource;
  readonly agents: number;
}

const WHERE = { tenant: 'demo', processor: 'sim', instance: 'sim-1' };
const RESTART_MS = 500;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const uncounted = { count: () => undefined };

export const createPhoneSystem = ({ scheduler, network, random, ids, agents }: Given): PhoneSystem => {
  const machine = createHost(scheduler, 'switch');
  const driver = new SwitchDriver(
    machine.clock,
    ids,
    initialSwitch({ roster: demoRoster(agents), maxCalls: 100 }),
  );
  const effects: Effect[] = [];
  let starts = 0;
  let host = createHost(scheduler, 'adapter-0');
  let life: Adapter | null = null;

  /** Everything that an adapter asks its switch is written down here, by the switch's side. */
  const recorded = (peer: BridgePeer): BridgePeer => ({
    onEvent: peer.onEvent,
    ask: (question, answer) => {
      const { name, target, requestId = '' } = question.header;
      effects.push({ step: scheduler.step(), at: scheduler.now(), name, target, requestId });
      peer.ask(question, answer);
    },
  });

  const start = (): void => {
    starts += 1;
    host = createHost(scheduler, `adapter-${String(starts)}`);
    const mine = host;
    const { clock } = mine;
    const books = createAddressBookFeed(
      clock,
      () => driver.state,
      (at, listed) => adapter.report.addressBook(at, listed),
    );
    const link = reconnectingNatsLink({
      ...WHERE,
      clock,
      ids,
      random: random.next,
      logger: silent,
      metrics: uncounted,
      connect: () => network.connect(mine),
    });
    const adapter = createAdapter({
      processor: WHERE.processor,
      handlers: createSwitchHandlers(driver, books),
      status: 'STARTED',
      clock,
      logger: silent,
      metrics: uncounted,
      link: (peer) => link(recorded(peer)),
    });
    life = adapter;
    adapter.start();
  };

  driver.onEvent((event) => {
    const { state } = driver;
    const mine = host;
    const adapter = life;
    if (adapter === null || mine.isDead()) return;
    const tell = (): void => reportEvent(adapter.report, state, event);
    if (!mine.keep(tell)) tell();
  });

  return {
    driver,
    effects,
    host: () => host,
    start,
    crash: () => {
      host.crash();
      life = null;
      scheduler.at(scheduler.now() + RESTART_MS + random.next() * RESTART_MS, null, 'adapter starts', start);
    },
  };
};
