import { type Bus, createMemoryFeed, type MemoryFeed } from '@cordboard/bus';
import { createVault, type EventStore, type Vault } from '@cordboard/event-store';
import { Browser } from './browser.ts';
import { createDatabase, type Database } from './database.ts';
import { feedFor } from './durable-feed.ts';
import { type EdgeProcess, startEdge } from './edge.ts';
import { type FollowerProcess, nothingSeen, type Seen, startFollower } from './follower.ts';
import { createHost, type Host } from './host.ts';
import { houseOf, readsOf } from './house.ts';
import { createIds } from './ids.ts';
import { createNetwork, type Network } from './network.ts';
import { createPhoneSystem, type PhoneSystem } from './phone-system.ts';
import { type Random, randomOf } from './random.ts';
import { realTurn } from './real-time.ts';
import { type ClientLog, emptyClientLog } from './records.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { createSimulatedStore, type OpenLane } from './simulated-store.ts';
import { type Parts } from './parts.ts';
import { openSimulatedLane } from './simulated-lane.ts';
import { openSocket } from './socket.ts';
import { Supervised } from './supervised.ts';
import { startWorker, type WorkerProcess } from './worker.ts';

/** What a process touches outside itself. The bugs of the test kit put faulty ones in place of these. */
interface Ports {
  readonly connect: (network: Network, host: Host) => Promise<Bus>;
  readonly openLane: OpenLane;
  readonly store: (store: EventStore, host: Host) => EventStore;
  readonly vault: (vault: Vault) => Vault;
}

/** Which ports a bug spoils, of the workers or of the edges. */
export interface Spoilt {
  readonly worker?: Partial<Ports>;
  readonly edge?: Partial<Ports>;
}

const SOUND: Ports = {
  connect: (network, host) => network.connect(host),
  openLane: (database, host) => openSimulatedLane(database, host),
  store: (store) => store,
  vault: (vault) => vault,
};

export interface WorldOptions {
  readonly seed: number;
  readonly spoilt?: Spoilt | undefined;
  readonly trace?: ((line: string) => void) | undefined;
}

/** A whole Cordboard in one process: everything in it is moved by one scheduler. */
export interface World {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly network: Network;
  readonly database: Database;
  /** What stands in the durable feed. */
  readonly feed: MemoryFeed;
  readonly phones: PhoneSystem;
  readonly clients: ClientLog;
  readonly workers: readonly Supervised<WorkerProcess>[];
  readonly edges: readonly Supervised<EdgeProcess>[];
  readonly follower: Supervised<FollowerProcess>;
  /** What it has seen. */
  readonly seen: Seen;
  readonly agents: readonly string[];
  readonly tabs: readonly (readonly [Browser, Browser])[];
  /** What workers and processes said, the last few thousand lines. */
  readonly said: readonly string[];
}

const HOUR_MS = 3_600_000;
const MAX_SAID = 5_000;

export const createWorld = ({ seed, spoilt = {}, trace }: WorldOptions): World => {
  const random = randomOf(seed);
  const scheduler = createScheduler(random.fork('ties'), trace ?? null, realTurn);
  const network = createNetwork(scheduler, random.fork('network'));
  const database = createDatabase(scheduler, random.fork('database'));
  const feed = createMemoryFeed();
  const feeding = random.fork('feed');
  const ids = createIds(scheduler.now, 1);
  const shape = random.fork('shape');
  const agents = ['1001', '1002', '1003'].slice(0, shape.between(1, 3));
  const phones = createPhoneSystem({ scheduler, network, random: random.fork('phones'), ids, agents: 5 });
  const clients = emptyClientLog();
  const said: string[] = [];
  const note = (who: string) => (line: string) => {
    if (said.length < MAX_SAID) said.push(`${String(scheduler.step())} ${who} ${line}`);
    trace?.(`           ${who}: ${line}`);
  };
  const supervised = <Process extends { readonly host: Host; readonly bus: Bus }>(
    name: string,
    skewMs: number,
    ports: Ports,
    start: (parts: Parts) => Promise<Process>,
  ): Supervised<Process> =>
    new Supervised({
      scheduler,
      name,
      note: note(name),
      start: (run) => {
        const host = createHost(scheduler, `${name}-${String(run)}`, skewMs);
        const store = ports.store(createSimulatedStore(database, host, ports.openLane), host);
        const vault = ports.vault(createVault({ tenantKeys: () => KEY }));
        const connect = (): Promise<Bus> => ports.connect(network, host);
        return {
          host,
          starting: start({
            host,
            connect,
            feed: feedFor(scheduler, feeding, host, feed),
            store,
            vault,
            ids,
            note: note(host.name),
          }),
        };
      },
    });

  const habits = random.fork('house');
  const house = houseOf(habits);
  const workers = readsOf(habits, shape.between(2, 3)).map((reads, index) =>
    supervised(`w${String(index + 1)}`, skewOf(shape), { ...SOUND, ...spoilt.worker }, (parts) =>
      startWorker({ ...house, reads }, parts),
    ),
  );
  const edges = [1, 2].map((index) =>
    supervised(`edge${String(index)}`, skewOf(shape), { ...SOUND, ...spoilt.edge }, startEdge),
  );
  const seen = nothingSeen();
  const follower = supervised('follower', 0, SOUND, startFollower(seen, scheduler.now));
  const wires = random.fork('wires');
  const connect =
    (agent: string): ConstructorParameters<typeof Browser>[0]['connect'] =>
    (browser, ear) => {
      const running = edges.filter(({ running: process }) => process !== null);
      const edge = running.length === 0 ? null : wires.pick(running).running;
      const host = edge?.host ?? createDead(scheduler);
      return openSocket(
        { scheduler, random: wires, browser, edge: host, accept: (socket) => edge?.accept(socket, agent) },
        ear,
      );
    };
  const tabOf = (agent: string, tab: string): Browser =>
    new Browser({
      scheduler,
      random: random.fork(`tab ${agent}${tab}`),
      agent,
      client: `${agent}${tab}`,
      log: clients,
      connect: connect(agent),
    });
  const tabs = agents.map((agent) => [tabOf(agent, 'a'), tabOf(agent, 'b')] as const);

  return {
    scheduler,
    random,
    network,
    database,
    feed,
    phones,
    clients,
    workers,
    edges,
    follower,
    seen,
    agents,
    tabs,
    said,
  };
};

const KEY = Buffer.alloc(32, 7);

/** One process in four has a clock that is wrong by up to an hour. */
const skewOf = (random: Random): number => (random.chance(0.25) ? random.between(-HOUR_MS, HOUR_MS) : 0);

const createDead = (scheduler: Scheduler): Host => {
  const host = createHost(scheduler, 'nobody');
  host.crash();
  return host;
};
