import { type Context, type Group } from '../harness/context.ts';
import { type Found, notRun } from '../harness/row.ts';
import { DISKS } from '../harness/settings.ts';
import { ANNOUNCED } from './announced.ts';
import { throughputCurve } from './curves.ts';
import { followerLag } from './follower-lag.ts';
import { lanesCost } from './lanes-cost.ts';
import { appendLatencyOn, grownLog } from './latency.ts';
import { setStage, type Stage } from './stage.ts';
import { singleEvents, throughputOn } from './throughput.ts';

/** What no disk changes, or nobody asks of more than one. */
const onOneDisk = async (stage: Stage, context: Context): Promise<void> => {
  context.give({ rows: [await followerLag(stage, context)] });
  if (context.mode !== 'quick') {
    context.give({ rows: await singleEvents(stage, context) });
    context.give({ rows: [await lanesCost(stage, context)] });
  }
  const grown =
    context.mode === 'long'
      ? await grownLog(stage, context)
      : notRun(ANNOUNCED.grown, 'only in the long run');
  context.give({ rows: [grown] });
};

const run = async (context: Context): Promise<Found> => {
  context.progress('a million rows for the log and for each peer');
  await context.postgres.on('as is');
  const stage = await setStage(context);
  for (const disk of context.disks) {
    await context.postgres.on(disk);
    context.give({ rows: await throughputOn(disk, stage, context) });
    context.give({ rows: [await appendLatencyOn(disk, stage, context)] });
    context.give({ rows: [], curves: [await throughputCurve(disk, stage, context)] });
    if (disk === context.disks[0]) await onOneDisk(stage, context);
  }
  return { rows: [] };
};

/** The log against what Postgres can do and against other event stores on the same server. */
export const store: Group = {
  name: 'store',
  says: 'appends against bare Postgres, Emmett and Message DB; lanes, WAL, a follower',
  run,
  budgetS: { quick: 200, full: 1_000, long: 14_400 },
  rows: [
    ...DISKS.flatMap((disk) => [
      ANNOUNCED.copy(disk),
      ANNOUNCED.unnest(disk),
      ANNOUNCED.oneRow(disk),
      ANNOUNCED.emmett(disk),
      ANNOUNCED.messageDb(disk),
      ANNOUNCED.p50(disk),
    ]),
    ANNOUNCED.wal,
    ANNOUNCED.follower,
    ANNOUNCED.emmettSingle,
    ANNOUNCED.messageDbSingle,
    ANNOUNCED.lanes,
    ANNOUNCED.grown,
  ],
};
