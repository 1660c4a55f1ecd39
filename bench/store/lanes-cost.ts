import { runStatements } from '@cordboard/embedded';
import { type Context } from '../harness/context.ts';
import { ratioOf } from '../harness/rounds.ts';
import { type Row } from '../harness/row.ts';
import { ANNOUNCED } from './announced.ts';
import { openUnnest } from './contestants/unnest.ts';
import { partsOf } from './parts.ts';
import { openLog, type Stage } from './stage.ts';
import { race, throughputs } from './turns.ts';

const BATCH_ROWS = 256;

/** The same statement into two logs of a million rows, one of them without the lane columns and their index. */
export const lanesCost = async ({ call }: Stage, { postgres, ...context }: Context): Promise<Row> => {
  context.progress('a log without lanes');
  const [laned, bare] = [await openLog(postgres, call), await openLog(postgres, call)];
  await runStatements(bare.adminUrl, ['ALTER TABLE events DROP COLUMN lane, DROP COLUMN wpos']);
  const contestants = {
    lanes: await openUnnest({ url: laned.applicationUrl, batchRows: BATCH_ROWS }),
    none: await openUnnest({ url: bare.applicationUrl, batchRows: BATCH_ROWS, withoutLanes: true }),
  };
  const options = { context: { postgres, ...context }, call, sessions: BATCH_ROWS };
  const turns = await race(contestants, options);
  await Promise.all(Object.values(contestants).map((contestant) => contestant.close()));
  return {
    ...ANNOUNCED.lanes,
    figures: ratioOf(throughputs(turns.none), throughputs(turns.lanes)),
    parts: { ...partsOf('without lanes', turns.none), ...partsOf('with lanes', turns.lanes) },
    note: `batches of ${BATCH_ROWS} rows`,
  };
};
