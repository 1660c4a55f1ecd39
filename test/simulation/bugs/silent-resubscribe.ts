import { type Bus, type Subscription } from '@cordboard/bus';
import { type Host } from '../world/host.ts';
import { type Network } from '../world/network.ts';
import { type Bug } from './bug.ts';

const AGAIN_MS = 300;

interface Listening {
  readonly subscribe: (bus: Bus) => Subscription;
  current: Subscription | null;
}

/** A connection that comes back by itself and hears again, and tells nobody that it was away. */
const reconnecting = async (network: Network, host: Host): Promise<Bus> => {
  let bus = await network.connect(host);
  const listening = new Set<Listening>();
  const watch = (): void => {
    void bus.closed.then(() => host.clock.after(AGAIN_MS, again));
  };
  const again = (): void => {
    network.connect(host).then(
      (fresh) => {
        bus = fresh;
        for (const one of listening) one.current = one.subscribe(fresh);
        watch();
      },
      () => host.clock.after(AGAIN_MS, again),
    );
  };
  watch();
  return {
    publish: (...given) => bus.publish(...given),
    request: (...given) => bus.request(...given),
    ask: (...given) => bus.ask(...given),
    flush: () => bus.flush(),
    drain: () => bus.drain(),
    closed: new Promise(() => undefined),
    maxPayloadBytes: bus.maxPayloadBytes,
    subscribe: (subject, handler, options) => {
      const subscribe = (on: Bus): Subscription => on.subscribe(subject, handler, options);
      const one: Listening = { subscribe, current: subscribe(bus) };
      listening.add(one);
      return {
        unsubscribe: () => {
          listening.delete(one);
          one.current?.unsubscribe();
        },
      };
    },
  };
};

/** An owner whose connection comes back by itself still thinks that it owns what others claimed meanwhile. */
export const silentResubscribe: Bug = {
  name: 'silent-resubscribe',
  faults: ['owner cut off'],
  breaks: ['serial-replies', 'nothing-waits', 'memory-equals-fold'],
  spoilt: { worker: { connect: reconnecting } },
};
