import { setFlagsFromString } from 'node:v8';
import { privateNats } from '@cordboard/testing';
import { type Announced, type Group } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { inTurns } from '../harness/in-turns.ts';
import { type Found, type Mode } from '../harness/row.ts';
import { openWorkerDesk, type WorkerDesk } from './worker-desk.ts';

const GIB = 1024 ** 3;
const ROWS = {
  bytes: {
    id: 'memory/session',
    title: 'a live session with three channels and a full memory of commands, in its worker',
    unit: 'bytes',
    better: 'lower',
    target: 20 * 1024,
  },
  each: {
    id: 'memory/sessions-per-gib',
    title: 'live sessions per GiB of heap',
    unit: '/GiB',
    better: 'higher',
    target: 25_000,
    stretch: 35_000,
  },
} as const satisfies Record<string, Announced>;
const AT_ONCE = 50;
/** Where the numbers of the agents begin that work. */
const FIRST_WORKING = 1_000_000;
const FIRST_COMMANDS = 4;

export interface MemoryOptions {
  /** Sessions that come one batch after another; what each batch adds is one measurement. */
  readonly batches: number;
  readonly sessionsEach: number;
  /** Sessions that work, team by team; what a team adds is one measurement. */
  readonly teams: number;
  readonly working: number;
  /** Past 256 a session's memory of its commands does not grow any more. */
  readonly commandsEach: number;
  /** Collects garbage, so that what is left is in use. */
  readonly collect: () => void;
}

const SIZES: Readonly<Record<Mode, Omit<MemoryOptions, 'collect'>>> = {
  quick: { batches: 3, sessionsEach: 250, teams: 3, working: 4, commandsEach: 272 },
  full: { batches: 5, sessionsEach: 400, teams: 5, working: 6, commandsEach: 272 },
  long: { batches: 9, sessionsEach: 1_000, teams: 9, working: 6, commandsEach: 272 },
};

interface SignedIn {
  readonly agent: string;
  readonly channels: readonly string[];
}

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
  await inTurns(agents, AT_ONCE, async (agent) => {
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
  inTurns(team, AT_ONCE, async ({ agent, channels: [channel = ''] }) => {
    for (let n = 0; n < commands; n += 1) {
      await desk.ask(agent, 'channel.request.notready', channel, { reasoncode: String(n % 2) });
    }
  });

const COMPILED = ['opt', 'sparkplug', 'flush-bytecode'];

/** The code of what is called often takes room, too, and would be taken for the sessions'. */
const uncompiled = async <T>(task: () => Promise<T>): Promise<T> => {
  for (const flag of COMPILED) setFlagsFromString(`--no-${flag}`);
  try {
    return await task();
  } finally {
    for (const flag of COMPILED) setFlagsFromString(`--${flag}`);
  }
};

/** Bytes that a session adds to what it took when it was idle, by working; team by team. */
const workedBytes = async (desk: WorkerDesk, options: MemoryOptions): Promise<readonly number[]> => {
  const { teams, working, commandsEach, collect } = options;
  const each: number[] = [];
  for (let team = 0; team < teams; team += 1) {
    const agents = await signIn(desk, FIRST_WORKING + team * working, working);
    // The burst of a sign-in leaves large buffers with the connections until something small passes.
    await work(desk, agents, FIRST_COMMANDS);
    const before = await bytesInUse(collect);
    await work(desk, agents, commandsEach);
    each.push(((await bytesInUse(collect)) - before) / working);
  }
  return each;
};

/** What a live session takes in a session worker, first idle, then with all that its work adds. */
export const measureMemory = async (options: MemoryOptions): Promise<Found> => {
  const nats = await privateNats();
  const desk = await openWorkerDesk(nats.url);
  try {
    await signIn(desk, 0, options.sessionsEach);
    const idle = figuresOf(await idleBytes(desk, options));
    const worked = await uncompiled(() => workedBytes(desk, options));
    const each = worked.map((bytes) => idle.median + bytes);
    const parts = {
      idle: { figures: idle, unit: 'bytes' },
      'added by work': { figures: figuresOf(worked), unit: 'bytes' },
    };
    const note = `heap and what lives beside it after a collection, of ${options.batches} times ${options.sessionsEach} sessions, ${options.teams} times ${options.working} of them after ${options.commandsEach} commands each`;
    return {
      rows: [
        { ...ROWS.bytes, figures: figuresOf(each), parts, note },
        { ...ROWS.each, figures: figuresOf(each.map((bytes) => GIB / bytes)) },
      ],
    };
  } finally {
    await desk.close();
    await nats.stop();
  }
};

export const memory: Group = {
  name: 'memory',
  says: 'what a live session takes in its worker',
  rows: Object.values(ROWS),
  run: ({ mode, collect }) => measureMemory({ ...SIZES[mode], collect }),
};
