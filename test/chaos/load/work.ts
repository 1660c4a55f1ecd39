import { setTimeout as delay } from 'node:timers/promises';
import { type JsonObject } from '@cordboard/kernel';
import { type Control } from '../../e2e/support/control.ts';
import { type Random } from '../../e2e/support/random.ts';
import { type Desk } from './desk.ts';

/** What an agent may do next, and how much it likes to; only what the capabilities allow is done. */
const WISHES: readonly {
  readonly command: string;
  readonly weight: number;
  readonly data?: JsonObject;
}[] = [
  { command: 'session.start', weight: 50 },
  { command: 'channel.request.activate', weight: 50 },
  { command: 'channel.request.ready', weight: 8 },
  { command: 'channel.request.notready', weight: 1, data: { reasoncode: '1' } },
  { command: 'conversation.request.answer', weight: 20 },
  { command: 'conversation.request.hold', weight: 4 },
  { command: 'conversation.request.retrieve', weight: 6 },
  { command: 'conversation.request.release', weight: 2 },
  { command: 'interaction.request.complete', weight: 20 },
];

interface Possible {
  readonly command: string;
  readonly target: string;
  readonly weight: number;
  readonly data: JsonObject;
}

const possibleFor = (desk: Desk): readonly Possible[] =>
  Object.values(desk.model().objects).flatMap(({ path, capabilities, about }) =>
    WISHES.filter(
      ({ command }) =>
        capabilities[command] === true && (!command.startsWith('channel.') || about['type'] !== 'CHAT'),
    ).map(({ command, weight, data = {} }) => ({ command, target: path, weight, data })),
  );

const drawn = (possible: readonly Possible[], random: Random): Possible | undefined => {
  let at = random.int(possible.reduce((sum, { weight }) => sum + weight, 0) || 1);
  return possible.find(({ weight }) => (at -= weight) < 0);
};

/** Waits until something happened on the desk, or it does not seem to. */
const untilMoved = async (desk: Desk, from: number, mostMs: number): Promise<void> => {
  for (let waited = 0; waited < mostMs && desk.cursor() === from; waited += 20) await delay(20);
};

const isIdle = (desk: Desk): boolean => {
  const objects = Object.values(desk.model().objects);
  return (
    objects.some(({ agentStatus }) => agentStatus?.status === 'ready') &&
    objects.every(({ kind }) => kind !== 'interaction')
  );
};

export interface WorkOptions {
  readonly desk: Desk;
  readonly control: Control;
  readonly random: Random;
  /** Between two things that an agent does, on average. */
  readonly paceMs: number;
  readonly isOver: () => boolean;
}

const CALLER = '+12025550177';

const takeCall = async ({ desk, control }: WorkOptions): Promise<void> => {
  const from = desk.cursor();
  await control.place({ to: desk.agent, from: CALLER, name: 'Example Caller' }).catch(() => undefined);
  await untilMoved(desk, from, 2_000);
};

/** Signs in and works until it is over: takes calls, holds them, ends them, as whatever comes back allows. */
export const work = async (options: WorkOptions): Promise<void> => {
  const { desk, random, paceMs, isOver } = options;
  let started = false;
  while (!isOver()) {
    await delay(paceMs * (0.5 + random.next()));
    if (!desk.isBound()) continue;
    if (!started) {
      const answer = await desk.command('session.start', desk.log.session);
      started = answer?.result === 'success' || answer?.failure?.code === 'SESSION_ALREADY_STARTED';
      continue;
    }
    if (isIdle(desk) && random.next() < 0.7) {
      await takeCall(options);
      continue;
    }
    const next = drawn(possibleFor(desk), random);
    if (next === undefined) continue;
    const from = desk.cursor();
    const answer = await desk.command(next.command, next.target, next.data);
    if (answer?.result === 'success') await untilMoved(desk, from, 1_000);
  }
};
