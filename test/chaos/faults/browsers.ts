import { setTimeout as delay } from 'node:timers/promises';
import { randomFrom } from '../../e2e/support/random.ts';
import { eventually } from '@cordboard/testing';
import { type Desk, openDesk } from '../load/desk.ts';
import { between, type Fault, type Scene } from './fault.ts';

const AT_ONCE = 50;
const FIRST_BROWSER = 3001;
const BACK_MS = 120_000;

/** Every socket of every edge breaks at the same moment; all come back and resume. */
const storm = async ({ town, load, browsers, random }: Scene): Promise<void> => {
  const extra: Desk[] = [];
  try {
    for (let first = 0; first < browsers; first += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, browsers - first) }, (_, index) => first + index);
      const opened = batch.map((index) =>
        openDesk({
          agent: String(FIRST_BROWSER + index),
          doors: town.direct,
          random: randomFrom(random.int(1_000_000)),
        }),
      );
      extra.push(...(await Promise.all(opened)));
    }
    const all = [...load.desks, ...extra];
    const bound = (): boolean => all.every((desk) => desk.isBound());
    await eventually(bound, { timeoutMs: BACK_MS });
    for (const { lines } of town.edges) lines.door?.sever();
    for (const desk of extra) desk.drop();
    await eventually(() => all.some((desk) => !desk.isBound()));
    await eventually(bound, { timeoutMs: BACK_MS });
  } finally {
    for (const desk of extra) desk.close();
  }
};

const slow = async ({ load, random, patience }: Scene): Promise<void> => {
  const resume = random.pick(load.desks).stopReading();
  await delay(between(random, 1_000, 4_000 * patience));
  resume();
};

export const BROWSER_FAULTS: readonly Fault[] = [
  { name: 'resume-storm', about: 'every socket breaks at once; all browsers resume', strike: storm },
  { name: 'slow-browser', about: 'a browser stops reading for a while', strike: slow },
];
