import { type Context } from '../harness/context.ts';
import { figuresOf } from '../harness/figures.ts';
import { ratioOf } from '../harness/rounds.ts';
import { type Disk, type Row } from '../harness/row.ts';
import { ANNOUNCED } from './announced.ts';
import { openEngine } from './contestants/engine.ts';
import { openOneRow } from './contestants/one-row.ts';
import { singly } from './recorded-call.ts';
import { fillLog, type Stage } from './stage.ts';
import { lasting, race, type Turn, type TurnOptions } from './turns.ts';

const GROWN_ROWS = 10_000_000;

const medians = (turns: readonly Turn[]): readonly number[] =>
  turns.map(({ latenciesUs }) => figuresOf(latenciesUs).median);

const medianRow = (
  announced: Omit<Row, 'figures' | 'why'>,
  [name, turns]: readonly [string, readonly Turn[]],
  [otherName, others]: readonly [string, readonly Turn[]],
): Row => ({
  ...announced,
  figures: ratioOf(medians(turns), medians(others)),
  parts: {
    [`${name}, p50`]: { figures: figuresOf(medians(turns)), unit: 'us' },
    [`${otherName}, p50`]: { figures: figuresOf(medians(others)), unit: 'us' },
  },
});

/** Half a turn is some hundred appends, also on a slow disk. */
const alone = ({ call }: Stage, context: Context): TurnOptions =>
  lasting(0.5, { context, call: singly(call), sessions: 1 });

/** One session that appends one row after the other, against the same rows inserted one by one. */
export const appendLatencyOn = async (disk: Disk, stage: Stage, context: Context): Promise<Row> => {
  const url = stage.log.applicationUrl;
  const contestants = { engine: await openEngine(url), oneRow: await openOneRow(url, 1) };
  const turns = await race(contestants, alone(stage, context));
  await Promise.all(Object.values(contestants).map((contestant) => contestant.close()));
  return medianRow(ANNOUNCED.p50(disk), ['engine', turns.engine], ['single-row insert', turns.oneRow]);
};

/** The same appends into a log ten times as long. */
export const grownLog = async (stage: Stage, context: Context): Promise<Row> => {
  context.progress(`a log of ${GROWN_ROWS} rows`);
  const grown = await fillLog(context.postgres, stage.call, GROWN_ROWS);
  const contestants = {
    grown: await openEngine(grown.applicationUrl),
    present: await openEngine(stage.log.applicationUrl),
  };
  const turns = await race(contestants, alone(stage, context));
  await Promise.all(Object.values(contestants).map((contestant) => contestant.close()));
  return medianRow(ANNOUNCED.grown, ['10M rows', turns.grown], ['1M rows', turns.present]);
};
