import { setTimeout as delay } from 'node:timers/promises';
import { type Town } from '../town/town.ts';
import { between, type Fault, type Scene } from './fault.ts';

const ask = async ({ simulatorUrl }: Town, method: string, path: string, body?: object): Promise<void> => {
  const response = await fetch(`${simulatorUrl}/v1/faults${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
};

/** The adapter does this wrong for a while. */
const wrong =
  (rules: (scene: Scene) => readonly object[]) =>
  async (scene: Scene): Promise<void> => {
    await ask(scene.town, 'PUT', '', { seed: scene.random.int(1_000_000), rules: rules(scene) });
    await delay(between(scene.random, 1_500, 3_000 * scene.patience));
    await ask(scene.town, 'DELETE', '');
  };

const hung = async ({ town, random, patience }: Scene): Promise<void> => {
  const forMs = between(random, 300, 2_500 * patience);
  await ask(town, 'POST', '/hang', { forMs });
  await delay(forMs);
};

export const ADAPTER_FAULTS: readonly Fault[] = [
  { name: 'adapter-hung', about: 'the adapter neither hears nor answers for a while', strike: hung },
  {
    name: 'adapter-late',
    about: 'the adapter answers and tells late',
    strike: wrong(({ random }) => [
      { on: 'answer', name: '*', do: 'delay', delayMs: between(random, 200, 1_500), chance: 0.5 },
      { on: 'event', name: '*', do: 'delay', delayMs: between(random, 100, 800), chance: 0.5 },
    ]),
  },
  {
    name: 'adapter-double',
    about: 'the adapter answers and tells everything twice',
    strike: wrong(() => [
      { on: 'answer', name: '*', do: 'double' },
      { on: 'event', name: '*', do: 'double' },
    ]),
  },
  {
    name: 'adapter-restart',
    about: 'the adapter knows no session any more; the switch goes on',
    strike: ({ town }) => ask(town, 'POST', '/restart'),
  },
];
