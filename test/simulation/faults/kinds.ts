import { type Host } from '../world/host.ts';
import { type Random } from '../world/random.ts';
import { drainWorker, type WorkerProcess } from '../world/worker.ts';
import { type World } from '../world/world.ts';

/** What a fault may use. */
export interface Scene {
  readonly world: World;
  readonly random: Random;
  /** Runs later, or at once when the faults end: whatever was stopped must go on. */
  readonly later: (ms: number, task: () => void) => void;
  readonly weather: Weather;
}

/** How bad the lines are now: probabilities, 0 in good weather. */
export interface Weather {
  lossOfEvents: number;
  doubledEvents: number;
  lossOfCommands: number;
  answerLost: number;
  neverDone: number;
  refusedRows: number;
}

/** Does some harm; false when there was nothing to harm. */
type Fault = (scene: Scene) => boolean;

const hostsOf = (processes: readonly { readonly host: Host | null }[]): readonly Host[] =>
  processes.flatMap(({ host }) => (host === null || host.isDead() ? [] : [host]));

const onOne = (list: readonly Host[], { random }: Scene, harm: (host: Host) => void): boolean => {
  if (list.length === 0) return false;
  harm(random.pick(list));
  return true;
};

const freeze =
  (hosts: (world: World) => readonly Host[], longestMs: number): Fault =>
  (scene) =>
    onOne(hosts(scene.world), scene, (host) => {
      host.freeze();
      scene.later(scene.random.between(50, longestMs), host.thaw);
    });

const workers = ({ workers: all }: World): readonly Host[] => hostsOf(all);
const edges = ({ edges: all }: World): readonly Host[] => hostsOf(all);
const adapter = ({ phones }: World): readonly Host[] => hostsOf([{ host: phones.host() }]);

const cable =
  (harm: (scene: Scene, cable: ReturnType<World['network']['cables']>[number]) => void): Fault =>
  (scene) => {
    const cables = scene.world.network.cables();
    if (cables.length === 0) return false;
    harm(scene, scene.random.pick(cables));
    return true;
  };

/** Harms the connection of a worker that has sessions. */
const onOwner =
  (harm: (scene: Scene, cable: ReturnType<World['network']['cables']>[number]) => void): Fault =>
  (scene) => {
    const { network, workers: all } = scene.world;
    const owners = all.flatMap(({ running }) =>
      running !== null && running.worker.owned() > 0 ? [running.host] : [],
    );
    const cables = network.cables().filter(({ host }) => owners.includes(host));
    if (cables.length === 0) return false;
    harm(scene, scene.random.pick(cables));
    return true;
  };

const weather =
  (name: keyof Weather, most: number, longestMs: number): Fault =>
  ({ weather: now, random, later }) => {
    now[name] = random.next() * most;
    later(random.between(100, longestMs), () => (now[name] = 0));
    return true;
  };

const drain = (scene: Scene): boolean => {
  const running = scene.world.workers.flatMap(({ running: process }): readonly WorkerProcess[] =>
    process === null || process.host.isFrozen() ? [] : [process],
  );
  if (running.length === 0) return false;
  const leaving = scene.random.pick(running);
  void drainWorker(leaving).then(leaving.host.crash, leaving.host.crash);
  return true;
};

const CORRUPTED_BYTES = 4;

/** Spoils all cached states a little, then kills a worker, so that another one reads them. */
const corruptSnapshots = (scene: Scene): boolean => {
  const { world, random } = scene;
  const { snapshots } = world.database.log;
  if (snapshots.size === 0) return false;
  for (const [session, snapshot] of snapshots) {
    const body = Buffer.from(snapshot.body);
    for (let wrong = 0; wrong < CORRUPTED_BYTES; wrong += 1) {
      const place = random.between(0, body.length - 1);
      body.writeUInt8(body.readUInt8(place) ^ 1, place);
    }
    snapshots.set(session, { ...snapshot, body });
  }
  return onOne(workers(world), scene, (host) => host.crash());
};

/** Everything that can go wrong, by the name that reports use. */
export const FAULTS = {
  'worker killed': (scene) => onOne(workers(scene.world), scene, (host) => host.crash()),
  'worker frozen': freeze(workers, 6_000),
  'worker drained': drain,
  'edge killed': (scene) => onOne(edges(scene.world), scene, (host) => host.crash()),
  'edge frozen': freeze(edges, 3_000),
  'follower killed': ({ world: { follower } }) => {
    const alive = follower.host?.isDead() === false;
    if (alive) follower.host?.crash();
    return alive;
  },
  'adapter killed': ({ world }) => {
    const alive = !world.phones.host().isDead();
    if (alive) world.phones.crash();
    return alive;
  },
  'adapter frozen': freeze(adapter, 4_000),
  'connection severed': cable((_, one) => one.sever()),
  'connection stalled': cable(({ random }, one) =>
    one.stall(random.pick(['in', 'out']), random.between(20, 2_500)),
  ),
  'owner deaf': onOwner(({ random }, one) => one.stall('in', random.between(150, 1_500))),
  'owner cut off': onOwner((_, one) => one.sever()),
  'message server restarted': ({ world, random }) => {
    world.network.restart(random.between(0, 800));
    return true;
  },
  'database restarted': ({ world, random }) => {
    world.database.restart(random.between(0, 1_500));
    return true;
  },
  'database slow': ({ world, random }) => {
    world.database.slow(random.between(100, 2_000), random.between(10, 1_200));
    return true;
  },
  'answers of the database lost': weather('answerLost', 0.3, 800),
  'statements lost': weather('neverDone', 0.3, 800),
  'rows refused': weather('refusedRows', 0.3, 800),
  'publications lost': weather('lossOfEvents', 0.6, 1_500),
  'publications doubled': weather('doubledEvents', 0.6, 1_500),
  'commands lost': weather('lossOfCommands', 0.3, 800),
  'snapshots corrupted': corruptSnapshots,
} as const satisfies Readonly<Record<string, Fault>>;

export type FaultKind = keyof typeof FAULTS;

export const faultNamed = (name: string): FaultKind => {
  const kinds = Object.keys(FAULTS) as readonly FaultKind[];
  const found = kinds.find((kind) => kind === name.trim());
  if (found !== undefined) return found;
  throw new Error(`there is no fault ${name}; there are: ${kinds.join(', ')}`);
};
