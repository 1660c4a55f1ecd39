import { setTimeout as delay } from 'node:timers/promises';
import { type Resident } from '../town/resident.ts';
import { tell } from '../town/told.ts';
import { between, type Fault, type Scene } from './fault.ts';

const killed = async (resident: Resident): Promise<void> => {
  const before = resident.restarts();
  await resident.app.kill();
  await resident.after(before);
};

const frozen = async ({ app }: Resident, ms: number): Promise<void> => {
  const { pid } = app;
  process.kill(pid, 'SIGSTOP');
  await delay(ms);
  process.kill(pid, 'SIGCONT');
};

const blocked = async ({ app, told }: Resident, blockMs: number): Promise<void> => {
  tell(told, { blockMs });
  process.kill(app.pid, 'SIGUSR2');
  await delay(blockMs);
};

const aWorker = ({ town, random }: Scene): Resident => random.pick(town.workers);

/** One after the other, each started again before the next is stopped. */
const deployed = async (residents: readonly Resident[]): Promise<void> => {
  for (const resident of residents) {
    const before = resident.restarts();
    await resident.app.stop();
    await resident.after(before);
    await delay(500);
  }
};

const skewed = async (scene: Scene): Promise<void> => {
  const worker = aWorker(scene);
  tell(worker.told, { shiftMs: scene.random.pick([-3_600_000, 3_600_000]) });
  await killed(worker);
  await delay(3_000 * scene.patience);
  tell(worker.told, {});
  await killed(worker);
};

export const PROCESS_FAULTS: readonly Fault[] = [
  {
    name: 'kill-worker',
    about: 'kill -9 of a session worker',
    strike: (scene) => aWorker(scene).app.kill(),
  },
  {
    name: 'kill-edge',
    about: 'kill -9 of an edge; its browsers go to another',
    strike: ({ town, random }) => random.pick(town.edges).app.kill(),
  },
  {
    name: 'freeze-worker',
    about: 'a worker is stopped and goes on (0.1 to 60 s)',
    strike: (scene) =>
      frozen(aWorker(scene), between(scene.random, 100, scene.patience > 1 ? 6_000 * scene.patience : 1_500)),
  },
  {
    name: 'freeze-edge',
    about: 'an edge is stopped and goes on',
    strike: ({ town, random, patience }) =>
      frozen(random.pick(town.edges), between(random, 100, 2_000 * patience)),
  },
  {
    name: 'block-loop',
    about: 'the event loop of a worker is busy for less than the watchdog takes',
    strike: (scene) => blocked(aWorker(scene), between(scene.random, 200, 800)),
  },
  {
    name: 'block-loop-long',
    about: 'the event loop of a worker is busy for so long that its watchdog ends it',
    strike: (scene) => blocked(aWorker(scene), between(scene.random, 2_500, 4_000)),
  },
  {
    name: 'clock-off',
    about: 'the clock of one worker is an hour off',
    strike: skewed,
  },
  {
    name: 'rolling-deploy',
    about: 'workers are stopped in order and started, one after the other',
    strike: ({ town }) => deployed(town.workers),
    unnoticed: true,
  },
  {
    name: 'rolling-edges',
    about: 'edges are stopped in order and started, one after the other',
    strike: ({ town }) => deployed(town.edges),
    unnoticed: true,
  },
];
