import { type BridgePeer, createAdapterPeer } from '@cordboard/adapter-sdk';
import { type PhoneSystem } from '@cordboard/conformance';
import { type Clock } from '@cordboard/kernel';
import { createLogger, systemClock, systemIds } from '@cordboard/runtime';
import { phoneOperation, type PhoneAction, queueFigures } from '@cordboard/switch-sim';
import { createAddressBookFeed } from '../../apps/cti-simulator/src/address-book-feed.ts';
import { createQueueFeed } from '../../apps/cti-simulator/src/queue-feed.ts';
import { SwitchDriver } from '../../apps/cti-simulator/src/switch-driver.ts';
import { createSwitchHandlers } from '../../apps/cti-simulator/src/switch-handlers.ts';
import { reportEvent } from '../../apps/cti-simulator/src/switch-reports.ts';

/** The simulated switch and its adapter, without a link. */
export interface SimulatedSwitch {
  readonly peer: BridgePeer;
  readonly world: PhoneSystem;
  readonly stop: () => void;
}

const CALLER = { from: '+12025550123', name: 'Example Caller' };

const worldOf = (driver: SwitchDriver): PhoneSystem => {
  const apply = (operation: Parameters<SwitchDriver['apply']>[0]) => {
    const decided = driver.apply(operation);
    if (!decided.ok) throw new Error(decided.error.message);
    return decided.value;
  };
  const contacts = new Map<string, string[]>();
  return {
    call: async (to, data = {}) => {
      const [placed] = apply({ kind: 'place-call', to, ...CALLER, data: data as Record<string, string> });
      return placed?.type === 'CallPlaced' ? placed.call : '';
    },
    hangUpAll: async () => void driver.apply({ kind: 'clear-calls' }),
    contact: async (type, to, data = {}) => {
      const [placed] = apply({
        kind: 'place-contact',
        type,
        to,
        ...CALLER,
        data: data as Record<string, string>,
      });
      const id = placed?.type === 'ContactPlaced' ? placed.contact : '';
      contacts.set(to, [...(contacts.get(to) ?? []), id]);
      return id;
    },
    leaveAll: async (agent) => {
      for (const contact of contacts.get(agent) ?? []) driver.apply({ kind: 'customer-leaves', contact });
      contacts.delete(agent);
    },
    phone: async (agent, action, more = {}) => {
      const use = { ...more, agent, action: action as PhoneAction };
      const found = phoneOperation(driver.state, use);
      if (!found.ok) throw new Error(found.error.message);
      apply(found.value);
    },
  };
};

/** The machine's time, until it is ended: nothing that waits happens then any more. */
const endingClock = (): { readonly clock: Clock; readonly end: () => void } => {
  const waiting = new Set<() => void>();
  const after: Clock['after'] = (delayMs, task) => {
    const cancel = systemClock.after(delayMs, () => {
      waiting.delete(cancel);
      task();
    });
    waiting.add(cancel);
    return () => {
      waiting.delete(cancel);
      cancel();
    };
  };
  return { clock: { now: systemClock.now, after }, end: () => waiting.forEach((cancel) => cancel()) };
};

export const simulatedSwitch = (processor = 'sim'): SimulatedSwitch => {
  const { clock, end } = endingClock();
  const driver = new SwitchDriver(clock, systemIds);
  const logger = createLogger({ name: 'cti-simulator', level: 'silent' });
  const feed = createAddressBookFeed(
    clock,
    () => driver.state,
    (at, books) => peer.report.addressBook(at, books),
  );
  const peer = createAdapterPeer({
    processor,
    handlers: createSwitchHandlers(driver, feed),
    clock,
    logger,
  });
  const queues = createQueueFeed(
    clock,
    () => queueFigures(driver.state, clock.now()),
    (figures) => peer.report.queues(figures),
  );
  driver.onEvent((event) => {
    reportEvent(peer.report, driver.state, event);
    feed.changed();
    queues.changed();
    if (event.type === 'AgentLoggedOut') feed.stop(event.agent);
  });
  driver.onStop(feed.stopAll);
  driver.onStop(queues.stop);
  const stop = (): void => {
    driver.stop();
    end();
  };
  return { peer, world: worldOf(driver), stop };
};
