import { setTimeout as delay } from 'node:timers/promises';
import { type Bus, subjects } from '@cordboard/bus';
import { type StackApp } from '@cordboard/testing';
import { inTurns } from '../harness/in-turns.ts';
import { type Seat } from './seats.ts';

/** Milliseconds from something to the answer of each session. */
export type Waits = readonly number[];

/** Runs what is to be measured with the worker dead, and sees it buried. */
const withDead = async <T>(worker: StackApp, task: (diedAt: number) => Promise<T>): Promise<T> => {
  const buried = worker.kill();
  const found = await task(performance.now());
  await buried;
  return found;
};

/** The only owner is killed and each session asked, so many at once; from its death to each answer. */
export const askAll = (owner: StackApp, seats: readonly Seat[], atOnce: number): Promise<Waits> =>
  withDead(owner, async (diedAt) => {
    const waits: number[] = [];
    await inTurns(seats, atOnce, async ({ ask }) => void waits.push((await ask()) - diedAt));
    return waits;
  });

const since = async (sentAt: number, answer: Promise<number>): Promise<number> => (await answer) - sentAt;

/** The same with the sessions' questions spread evenly over a time; from each question to its answer. */
export const askEvenly = (owner: StackApp, seats: readonly Seat[], overMs: number): Promise<Waits> =>
  withDead(owner, async (diedAt) => {
    const waits: Promise<number>[] = [];
    while (waits.length < seats.length) {
      const due = Math.ceil(((performance.now() - diedAt) / overMs) * seats.length);
      for (const { ask } of seats.slice(waits.length, due)) waits.push(since(performance.now(), ask()));
      await delay(1);
    }
    return Promise.all(waits);
  });

/** The only owner is killed and nobody asks; from its death to the moment at which each session has another one. */
export const askNobody = (owner: StackApp, bus: Bus, count: number): Promise<Waits> =>
  withDead(owner, (diedAt) => {
    const claimed = new Map<string, number>();
    return new Promise((resolve) => {
      const heard = bus.subscribe(subjects.ownershipClaims(), ({ address }) => {
        if (address?.kind !== 'event') return;
        claimed.set(address.target.session, performance.now() - diedAt);
        if (claimed.size < count) return;
        heard.unsubscribe();
        resolve([...claimed.values()]);
      });
    });
  });

/** The owner is stopped without being ended, and some sessions are asked; from the question to each answer. */
export const askStopped = async (owner: StackApp, seats: readonly Seat[]): Promise<Waits> => {
  owner.freeze();
  return Promise.all(seats.map(({ ask }) => since(performance.now(), ask())));
};
