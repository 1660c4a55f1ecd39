import { setFlagsFromString } from 'node:v8';
import { privateNats } from '@cordboard/testing';
import { figuresOf, inWords } from '../figures.ts';
import { type Outcome } from '../outcome.ts';
import { openWorkerDesk, type WorkerDesk } from './worker-desk.ts';

/** What an idle session with three channels may take in its worker. */
const MOST_BYTES = 20 * 1024;
const AT_ONCE = 50;
/** Where the numbers of agents begin that warm up, and of those that work. */
const WARMING = 1_000_000;
const WORKING = 2_000_000;

export interface MemoryOptions {
  /** Sessions that come one batch after another; what each batch adds is one measurement. */
  readonly batches: number;
  readonly sessionsEach: number;
  /** Sessions that work. */
  readonly working: number;
  /** Past 256 a session's memory of its commands does not grow any more. */
  readonly commandsEach: number;
  /** Collects garbage, so that what is left is in use. */
  readonly collect: () => void;
}

interface SignedIn {
  readonly agent: string;
  readonly channels: readonly string[];
}

const inTurns = async <T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
};

/** Bytes in use: objects, and buffers, which live beside them. */
const bytesInUse = async (collect: () => void): Promise<number> => {
  for (let n = 0; n < 3; n += 1) {
    await new Promise(setImmediate);
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const signIn = async (desk: WorkerDesk, first: number, count: number): Promise<readonly SignedIn[]> => {
  const signedIn: SignedIn[] = [];
  const agents = Array.from({ length: count }, (_, index) => `a${first + index}`);
  await inTurns(agents, async (agent) => {
    const { channels } = await desk.signIn(agent);
    if (channels.length !== 3) throw new Error(`${agent} has ${channels.length} channels`);
    signedIn.push({ agent, channels });
  });
  return signedIn;
};

/** Bytes that each session of a batch added, batch by batch. */
const idleBytes = async (desk: WorkerDesk, options: MemoryOptions): Promise<readonly number[]> => {
  const { batches, sessionsEach, collect } = options;
  const each: number[] = [];
  let before = await bytesInUse(collect);
  for (let batch = 0; batch < batches; batch += 1) {
    await signIn(desk, (batch + 1) * sessionsEach, sessionsEach);
    const now = await bytesInUse(collect);
    each.push((now - before) / sessionsEach);
    before = now;
  }
  return each;
};

const work = async (desk: WorkerDesk, team: readonly SignedIn[], commands: number): Promise<void> =>
  inTurns(team, async ({ agent, channels: [channel = ''] }) => {
    for (let n = 0; n < commands; n += 1) {
      await desk.ask(agent, 'channel.request.notready', channel, { reasoncode: String(n % 2) });
    }
  });

/** Without it the compiler's work for what is called often would be taken for the sessions'. */
const uncompiled = async <T>(task: () => Promise<T>): Promise<T> => {
  setFlagsFromString('--no-opt');
  setFlagsFromString('--no-sparkplug');
  try {
    return await task();
  } finally {
    setFlagsFromString('--opt');
    setFlagsFromString('--sparkplug');
  }
};

/** Bytes that a session adds to what it took when it was idle, by working. */
const workedBytes = async (desk: WorkerDesk, options: MemoryOptions): Promise<number> => {
  const { working, commandsEach, collect } = options;
  await work(desk, await signIn(desk, WARMING, 1), commandsEach);
  const team = await signIn(desk, WORKING, working);
  const before = await bytesInUse(collect);
  await work(desk, team, commandsEach);
  return ((await bytesInUse(collect)) - before) / working;
};

/** What an idle session takes in a session worker. */
export const memory = async (options: MemoryOptions): Promise<Outcome> => {
  const nats = await privateNats();
  const desk = await openWorkerDesk(nats.url);
  try {
    const more = await uncompiled(() => workedBytes(desk, options));
    await signIn(desk, 0, options.sessionsEach);
    const idle = figuresOf(await idleBytes(desk, options));
    const most = idle.median + Math.max(0, more);
    return {
      good: most < MOST_BYTES,
      lines: [
        `an idle session with a telephony, a chat and an e-mail channel, in bytes: ${inWords(idle, 0)}`,
        `after ${options.commandsEach} commands: ${most.toFixed(0)}, to be under ${MOST_BYTES}`,
      ],
      result: { limitBytes: MOST_BYTES, idleBytes: idle, workedBytes: most },
    };
  } finally {
    await desk.close();
    await nats.stop();
  }
};
