import { eventually, type PrivateDatabase } from '@cordboard/testing';
import { type Group } from '../harness/context.ts';
import { type Found, type Mode } from '../harness/row.ts';
import { openFleet } from './fleet.ts';
import { openLog } from './log.ts';
import { createPhases, type Phases } from './phases.ts';
import { ROWS, rowsOf } from './rows.ts';
import { openSeats } from './seats.ts';

interface FailoverOptions {
  readonly sessions: number;
  /** Sessions asked while their owner hangs. */
  readonly asked: number;
  /** How often the phases are gone through. */
  readonly times: number;
  /** Only the first kill, and the owner that hangs. */
  readonly brief: boolean;
  /** For the session workers, for example to profile them. */
  readonly execArgv?: readonly string[] | undefined;
}

const SIZES: Readonly<Record<Mode, FailoverOptions>> = {
  quick: { sessions: 1_000, asked: 100, times: 1, brief: true },
  full: { sessions: 10_000, asked: 100, times: 1, brief: false },
  long: { sessions: 10_000, asked: 100, times: 5, brief: false },
};

/**
 * What becomes of sessions whose only owner is killed or hangs: real session workers, Postgres and NATS; the switch
 * and the edges are played in this process. Raises when a command that was answered is not in the log once.
 */
const measureFailover = async (database: PrivateDatabase, options: FailoverOptions): Promise<Found> => {
  const { sessions, execArgv } = options;
  const fleet = await openFleet(database, execArgv);
  const log = await openLog(database.adminUrl);
  try {
    const owner = await fleet.hire();
    const since = performance.now();
    const seats = await openSeats(fleet.bus, sessions);
    const { rows } = await eventually(async () => {
      const now = await log.read();
      return now.initialized >= sessions ? now : null;
    });
    const setUpS = (performance.now() - since) / 1_000;
    const pass = createPhases(fleet, seats, owner);
    const passes: Phases[] = [];
    for (let n = 0; n < options.times; n += 1) passes.push(await pass(options));
    seats.stop();
    const { completed } = await log.read();
    if (completed !== seats.answered())
      throw new Error(`${seats.answered()} commands were answered, ${completed} recorded`);
    const rowsEach = (rows / sessions).toFixed(0);
    const note = `${sessions} sessions of ${rowsEach} rows, opened in ${setUpS.toFixed(0)} s; ${completed} commands answered and all recorded once, ${seats.putOff()} times told to try again`;
    return rowsOf(passes, sessions, note);
  } catch (error) {
    throw new Error(`${String(error)}\n${fleet.logs().slice(-4_000)}`, { cause: error });
  } finally {
    await log.close();
    await fleet.close();
  }
};

export const failover: Group = {
  name: 'failover',
  says: 'sessions whose owner was killed or hangs',
  rows: Object.values(ROWS),
  run: async ({ mode, postgres }) => {
    const database = await postgres.database();
    try {
      return await measureFailover(database, SIZES[mode]);
    } finally {
      await database.drop();
    }
  },
};
