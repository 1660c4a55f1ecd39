import { runStatements } from '@cordboard/embedded';
import { type Context } from '../harness/context.ts';
import { ratioOf } from '../harness/rounds.ts';
import { type Row } from '../harness/row.ts';
import { ANNOUNCED } from './announced.ts';
import { openUnnest } from './contestants/unnest.ts';
import { partsOf } from './parts.ts';
import { type Stage } from './stage.ts';
import { race, throughputs } from './turns.ts';

const KEPT_AS = 'bench_log_without_lanes';
const BATCH_ROWS = 256;

/** The same statement into a copy of the log whose lane columns and index are gone. Nobody else uses the log. */
export const lanesCost = async (stage: Stage, { postgres, ...context }: Context): Promise<Row> => {
  context.progress('a log without lanes');
  await postgres.keepAsTemplate(stage.log, KEPT_AS);
  const bare = await postgres.database(KEPT_AS);
  await runStatements(bare.adminUrl, ['ALTER TABLE events DROP COLUMN lane, DROP COLUMN wpos']);
  const contestants = {
    lanes: await openUnnest({ url: stage.log.applicationUrl, batchRows: BATCH_ROWS }),
    none: await openUnnest({ url: bare.applicationUrl, batchRows: BATCH_ROWS, withoutLanes: true }),
  };
  const options = { context: { postgres, ...context }, call: stage.call, sessions: BATCH_ROWS };
  const turns = await race(contestants, options);
  await Promise.all(Object.values(contestants).map((contestant) => contestant.close()));
  return {
    ...ANNOUNCED.lanes,
    figures: ratioOf(throughputs(turns.none), throughputs(turns.lanes)),
    parts: { ...partsOf('without lanes', turns.none), ...partsOf('with lanes', turns.lanes) },
    note: `batches of ${BATCH_ROWS} rows`,
  };
};
