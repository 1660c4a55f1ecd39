import { setTimeout as delay } from 'node:timers/promises';
import { type StackApp } from '@cordboard/testing';
import { type Fleet } from './fleet.ts';
import { type Seats } from './seats.ts';
import { askAll, askEvenly, askNobody, askStopped, type Waits } from './waves.ts';

/** What can become of the only owner, and who asks then; from it, or from the question on, to each answer. */
export type Phase =
  | 'killed, all asked at once'
  | 'killed, 1,000 asked at a time'
  | 'killed, asked evenly over a second'
  | 'killed, nobody asks, to the next owner'
  | 'stopped'
  | 'stopped, goes on';

export type Phases = Readonly<Partial<Record<Phase, Waits>>>;

const FEW_AT_ONCE = 1_000;
const OVER_MS = 1_000;
/** A new worker hears of the adapters and beats before anything happens. */
const SETTLED_MS = 3_000;

export interface PhaseOptions {
  /** Sessions asked while their owner hangs. */
  readonly asked: number;
  /** Only the first kill, and the owner that hangs. */
  readonly brief: boolean;
}

/** The hung owner goes on: nothing of what it thinks it owns is done twice or gets lost. */
const wake = async (frozen: StackApp, seats: Seats['all'], { bus }: Fleet): Promise<Waits> => {
  frozen.resume();
  const waits = await Promise.all(
    seats.map(async ({ ask }) => {
      const sentAt = performance.now();
      return (await ask()) - sentAt;
    }),
  );
  await bus.flush();
  return waits;
};

/** Goes through the phases: each worker in turn is the only owner, with another one that waits beside it. */
export const createPhases = (fleet: Fleet, { all }: Seats, first: StackApp) => {
  let owner = first;
  const next = async (task: (owner: StackApp) => Promise<Waits>): Promise<Waits> => {
    const heir = await fleet.hire();
    await delay(SETTLED_MS);
    const waits = await task(owner);
    owner = heir;
    return waits;
  };
  const kills = async (): Promise<Phases> => ({
    'killed, 1,000 asked at a time': await next((dead) => askAll(dead, all, FEW_AT_ONCE)),
    'killed, asked evenly over a second': await next((dead) => askEvenly(dead, all, OVER_MS)),
    'killed, nobody asks, to the next owner': await next((dead) => askNobody(dead, fleet.bus, all.length)),
  });
  return async ({ asked, brief }: PhaseOptions): Promise<Phases> => {
    const atOnce = await next((dead) => askAll(dead, all, all.length));
    const others = brief ? {} : await kills();
    const frozen = owner;
    const few = all.slice(0, asked);
    const stopped = await next((hung) => askStopped(hung, few));
    const awake = await wake(frozen, few, fleet);
    return { 'killed, all asked at once': atOnce, ...others, stopped, 'stopped, goes on': awake };
  };
};
