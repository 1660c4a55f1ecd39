import { randomBytes } from 'node:crypto';
import { createPostgresStore, createVault } from '@cordboard/event-store';
import { type Context, type Group } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { interleaved, ratioOf } from '../harness/rounds.ts';
import { type Found, type Mode } from '../harness/row.ts';
import { writeRecordedLog } from './recorded-log.ts';
import { openWays } from './ways.ts';

/** How often each recorded session is in the log. */
const COPIES: Readonly<Record<Mode, number>> = { quick: 8, full: 30, long: 60 };

const REPLAY = {
  id: 'replay/rate',
  title: 'replay (SELECT, unseal, decode, fold) / parsed SELECT of the same rows',
  unit: 'x',
  better: 'higher',
  target: 0.6,
  stretch: 0.85,
} as const;

export interface ReplayOptions {
  readonly copies: number;
  readonly rounds: number;
}

type Database = Awaited<ReturnType<Context['postgres']['database']>>;

/** Replays every session of a log of real ones, and reads the same rows without doing anything with them. */
export const measureReplay = async (
  { applicationUrl: url }: Pick<Database, 'applicationUrl'>,
  { copies, rounds }: ReplayOptions,
): Promise<Found> => {
  const tenantKey = randomBytes(32);
  const vault = createVault({ tenantKeys: () => tenantKey });
  const log = await writeRecordedLog({ url, vault, copies });
  const store = await createPostgresStore({ url, workerId: 'bench', onTrouble: () => undefined });
  const { ways, close } = await openWays(url, log, store, vault);
  try {
    const rates = await interleaved(ways, rounds);
    const parts = Object.entries(rates).map(
      ([name, rate]) => [name, { figures: figuresOf(rate), unit: '/s' }] as const,
    );
    const share = ((100 * log.sealed) / log.rows).toFixed(0);
    const note = `${log.sessions.length} recorded sessions of all kinds, ${log.rows} events, ${share} % of them with sealed personal fields; no cached states`;
    const figures = ratioOf(rates.replay, rates.select);
    return { rows: [{ ...REPLAY, figures, parts: Object.fromEntries(parts), note }] };
  } finally {
    await close();
    await store.close();
  }
};

export const replay: Group = {
  name: 'replay',
  says: 'a session folded from its log, against the bare read',
  run: async ({ mode, rounds, postgres }) => {
    const database = await postgres.database();
    try {
      return await measureReplay(database, { copies: COPIES[mode], rounds });
    } finally {
      await database.drop();
    }
  },
};
