import { type Context, type Group } from '../harness/context.ts';
import { type Found } from '../harness/row.ts';
import { ANNOUNCED, LOADS } from './announced.ts';
import { closedLoops } from './closed.ts';
import { openLoops } from './open.ts';
import { setStage } from './stage.ts';
import { commitToSubscriber } from './subscriber.ts';

const ROWS = 1_000_000;

const run = async (context: Context): Promise<Found> => {
  const { postgres, sessions, disks, mode } = context;
  await postgres.on(disks[0] ?? 'as is');
  context.progress('two chains, agents in calls at both');
  const stage = await setStage({
    postgres,
    sessions: Math.max(...sessions),
    twoWorkers: mode !== 'quick',
    rows: ROWS,
  });
  try {
    context.give({ rows: [await commitToSubscriber(stage, context)] });
    await openLoops(stage, await closedLoops(stage, context), context);
    const { rows, bytes } = stage.stored;
    return { rows: [], notes: [`a command of these stores ${rows} rows of ${bytes} bytes in two commits`] };
  } finally {
    await stage.close();
  }
};

/** A whole command, from the browser to the switch and back, against the same hops with no engine. */
export const chain: Group = {
  name: 'chain',
  says: 'commands through real edge and session worker against the same hops with no engine',
  run,
  rows: [
    ANNOUNCED.p50(1),
    ANNOUNCED.p50(64),
    ANNOUNCED.saturated,
    ...LOADS.flatMap((load) => [ANNOUNCED.open(load), ANNOUNCED.openTail(load)]),
    ANNOUNCED.subscriber,
  ],
};
