import { randomBytes } from 'node:crypto';
import { connectNats } from '@cordboard/bus';
import { type PrivateDatabase, privateNats } from '@cordboard/testing';
import { startEdge } from '../edge/edge-process.ts';
import { comeBack } from '../edge/our-waves.ts';
import { playOwners } from '../edge/played-owners.ts';
import { type Announced, type Group } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { interleaved, ratioOf } from '../harness/rounds.ts';
import { type Found, type Mode } from '../harness/row.ts';
import { writeMissedLog } from './missed-log.ts';
import { openReadFloor } from './read-floor.ts';

const RATE = {
  id: 'resume/rate',
  title:
    'missed events that reach browsers which all come back at once / plain batched read of the same rows',
  unit: 'x',
  better: 'higher',
  target: 0.4,
} as const satisfies Announced;

export interface ResumeOptions {
  readonly browsers: number;
  /** Events that each missed. */
  readonly missed: number;
  readonly rounds: number;
  /** For the edge, for example to profile it. */
  readonly execArgv?: readonly string[] | undefined;
}

const SIZES: Readonly<Record<Mode, Omit<ResumeOptions, 'rounds'>>> = {
  quick: { browsers: 500, missed: 50 },
  full: { browsers: 1_000, missed: 50 },
  long: { browsers: 3_000, missed: 50 },
};

/**
 * Browsers that come back all at once to an edge that has heard nothing of their sessions: how fast they have what
 * they missed, against a plain read of the same rows in the same run.
 */
export const measureResume = async (database: PrivateDatabase, options: ResumeOptions): Promise<Found> => {
  const { browsers, missed, rounds, execArgv } = options;
  const nats = await privateNats();
  const tenantKey = randomBytes(32);
  const url = database.applicationUrl;
  const log = await writeMissedLog({ url, tenantKey, sessions: browsers, missed });
  const bus = await connectNats({ url: nats.url, name: 'bench' });
  const world = { bus, owners: await playOwners(bus, log.sessions), log };
  const floor = await openReadFloor(database.adminUrl, log);
  const edge = await startEdge({ databaseUrl: url, natsUrl: nats.url, tenantKey, ringMs: 0, execArgv });
  try {
    const rates = await interleaved({ back: () => comeBack(edge, world), floor: floor.rate }, rounds);
    const parts = {
      'caught up': { figures: figuresOf(rates.back), unit: '/s' },
      'plain read': { figures: figuresOf(rates.floor), unit: '/s' },
    };
    const note = `${browsers} browsers, each missed ${missed} events, to an edge that heard none of them`;
    return { rows: [{ ...RATE, figures: ratioOf(rates.back, rates.floor), parts, note }] };
  } catch (error) {
    throw new Error(`${String(error)}\n${edge.log().slice(-4_000)}`, { cause: error });
  } finally {
    await edge.stop();
    await floor.close();
    await bus.drain();
    await nats.stop();
  }
};

export const resume: Group = {
  name: 'resume',
  says: 'browsers that all come back at once, against the bare read of what they missed',
  rows: [RATE],
  run: async ({ mode, rounds, postgres }) => {
    const database = await postgres.database();
    try {
      return await measureResume(database, { ...SIZES[mode], rounds });
    } finally {
      await database.drop();
    }
  },
};
