import { type PrivateDatabase } from '@cordboard/testing';
import { type Context, type Group } from '../harness/context.ts';
import { type Found } from '../harness/row.ts';
import { recordCall } from '../store/recorded-call.ts';
import { openLog } from '../store/stage.ts';
import { ANNOUNCED, LOADS } from './announced.ts';
import { closedLoops, saturatedAt } from './closed.ts';
import { openLoops } from './open.ts';
import { type Recording } from './recording.ts';
import { setStage } from './stage.ts';
import { commitToSubscriber } from './subscriber.ts';

const sizeOf = ({ intent, outcome }: Recording): string => {
  const rows = [...intent.rows, ...outcome.rows];
  const bytes = rows.flat().map((value) => (Buffer.isBuffer(value) ? value : String(value ?? '')).length);
  return `a command stores ${rows.length} rows of ${bytes.reduce((sum, one) => sum + one, 0)} bytes in two commits`;
};

/** One log for both chains, of a million rows and whatever is written to it. */
const openCommonLog = async ({ postgres }: Context): Promise<PrivateDatabase> =>
  openLog(postgres, await recordCall());

/** The rows of one worker; gives the number of sessions at which it answered most. */
const withOneWorker = async (context: Context): Promise<number> => {
  const { postgres } = context;
  context.progress('a log of a million rows');
  const log = await openCommonLog(context);
  context.progress('two chains, agents in calls at both');
  const stage = await setStage({ postgres, log, sessions: Math.max(...context.sessions), workers: 1 });
  try {
    const most = await closedLoops(stage, context);
    await openLoops(stage, most, context);
    context.give({ rows: [], notes: [sizeOf(stage.recording)] });
    return most.sessions;
  } finally {
    await stage.close();
  }
};

/** Which is better on few cores is for the table to say. */
const withTwoWorkers = async (context: Context, sessions: number): Promise<Found> => {
  const { postgres } = context;
  context.progress('two session workers');
  const stage = await setStage({ postgres, log: await openCommonLog(context), sessions, workers: 2 });
  try {
    return { rows: [await saturatedAt(stage, sessions, context, ANNOUNCED.twoWorkers)] };
  } finally {
    await stage.close();
  }
};

const run = async (context: Context): Promise<Found> => {
  const { postgres, disks, mode } = context;
  await postgres.on(disks[0] ?? 'as is');
  context.give({ rows: [await commitToSubscriber(context)] });
  const sessions = await withOneWorker(context);
  return mode === 'quick' ? { rows: [] } : withTwoWorkers(context, sessions);
};

/** A whole command, from the browser to the switch and back, against the same hops with no engine. */
export const chain: Group = {
  name: 'chain',
  says: 'commands through real edge and session worker against the same hops with no engine',
  run,
  budgetS: { quick: 150, full: 700, long: 1_800 },
  rows: [
    ANNOUNCED.subscriber,
    ANNOUNCED.p50(1),
    ANNOUNCED.p50(64),
    ANNOUNCED.saturated,
    ANNOUNCED.twoWorkers,
    ...LOADS.flatMap((load) => [ANNOUNCED.open(load), ANNOUNCED.openTail(load)]),
  ],
};
