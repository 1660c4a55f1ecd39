import { type Bus } from '@cordboard/bus';
import { type Cable, type Fate } from './messages.ts';
import { type Host } from './host.ts';
import { createServer, type Link } from './message-server.ts';
import { type Random } from './random.ts';
import { type Scheduler } from './scheduler.ts';
import { SimulatedBus } from './simulated-bus.ts';

/** The message server between the hosts, with the meaning of NATS. */
export interface Network {
  /** Raises while the server is down. */
  readonly connect: (host: Host) => Promise<Bus>;
  /** Ends all connections; there are no new ones for so long. */
  readonly restart: (downMs: number) => void;
  readonly cables: () => readonly Cable[];
  /** Decides about each publication to each hearer; set by the faults. */
  fate: (subject: string, to: Host) => Fate;
}

export const createNetwork = (scheduler: Scheduler, random: Random): Network => {
  const links = new Set<Link>();
  let downUntil = 0;
  const network: Network = {
    fate: () => 'arrives',
    connect: (host) =>
      new Promise((resolve, reject) => {
        scheduler.at(scheduler.now() + random.next(), host, 'connects', () => {
          if (scheduler.now() < downUntil) return reject(new Error('the message server is down'));
          const bus = new SimulatedBus({ scheduler, random, host, server });
          links.add(bus.link);
          resolve(bus.port);
        });
      }),
    restart: (downMs) => {
      downUntil = scheduler.now() + downMs;
      for (const link of links) link.sever();
      links.clear();
    },
    cables: () => [...links].filter((link) => link.isOpen()),
  };
  const server = createServer({ random, fate: (subject, to) => network.fate(subject, to) });
  return network;
};
