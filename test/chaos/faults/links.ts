import { setTimeout as delay } from 'node:timers/promises';
import { type TcpProxy, type Way } from '@cordboard/testing';
import { type Resident } from '../town/resident.ts';
import { between, type Fault, type Scene } from './fault.ts';

type Choose = (scene: Scene) => TcpProxy;

const required = (proxy: TcpProxy | undefined): TcpProxy => {
  if (proxy === undefined) throw new Error('there is no such line');
  return proxy;
};

const any = (residents: readonly Resident[], { random }: Scene): Resident => random.pick(residents);

const LINKS: Readonly<Record<string, Choose>> = {
  'worker-nats': (scene) => any(scene.town.workers, scene).lines.nats,
  'worker-postgres': (scene) => required(any(scene.town.workers, scene).lines.database),
  'edge-nats': (scene) => any(scene.town.edges, scene).lines.nats,
  'edge-postgres': (scene) => required(any(scene.town.edges, scene).lines.database),
  'adapter-nats': ({ town }) => town.simulator.lines.nats,
  'browser-edge': (scene) => required(any(scene.town.edges, scene).lines.door),
};

const WAYS: readonly { readonly name: string; readonly way?: Way; readonly about: string }[] = [
  { name: 'out', way: 'toServer', about: 'what is asked' },
  { name: 'back', way: 'toClient', about: 'what is answered' },
  { name: 'both', about: 'both ways' },
];

const cutFor =
  (choose: Choose, way: Way | undefined) =>
  async (scene: Scene): Promise<void> => {
    const line = choose(scene);
    line.cut(way);
    await delay(between(scene.random, 300, 2_500 * scene.patience));
    line.heal();
  };

const stalled = async (scene: Scene): Promise<void> => {
  const line = scene.random.pick(Object.values(LINKS))(scene);
  line.stall(scene.random.pick(WAYS).way);
  await delay(between(scene.random, 300, 2_500 * scene.patience));
  line.heal();
};

const slowed = async (scene: Scene): Promise<void> => {
  const line = scene.random.pick(Object.values(LINKS))(scene);
  line.delay(between(scene.random, 20, 400));
  await delay(between(scene.random, 1_000, 3_000 * scene.patience));
  line.heal();
};

/** Waits for bytes on their way out, which are handed on. */
const nextBytes = async (line: TcpProxy): Promise<void> => {
  const { toServer } = line.bytes;
  for (let waited = 0; waited < 2_000 && line.bytes.toServer === toServer; waited += 2) await delay(2);
};

/** The commit reaches the database; its answer never comes back. */
const answerLost = async (scene: Scene): Promise<void> => {
  const line = required(any(scene.town.workers, scene).lines.database);
  line.cut('toClient');
  await nextBytes(line);
  await delay(30);
  line.heal();
};

/** What was stored is not told: the line breaks while the last publications are on it. */
const publicationLost = async (scene: Scene): Promise<void> => {
  const { nats, database } = any(scene.town.workers, scene).lines;
  nats.cut('toServer');
  await nextBytes(required(database));
  await delay(60);
  nats.heal();
};

const cuts: readonly Fault[] = Object.entries(LINKS).flatMap(([link, choose]) =>
  WAYS.map(({ name, way, about }) => ({
    name: `cut-${link}-${name}`,
    about: `the line ${link} is cut (${about})`,
    strike: cutFor(choose, way),
  })),
);

export const LINK_FAULTS: readonly Fault[] = [
  ...cuts,
  { name: 'stall', about: 'a line holds everything and hands it on later', strike: stalled },
  { name: 'slow-line', about: 'a line takes longer', strike: slowed },
  { name: 'answer-lost', about: 'a commit is sent and its answer lost', strike: answerLost },
  { name: 'publication-lost', about: 'the last publications of a worker are lost', strike: publicationLost },
];
