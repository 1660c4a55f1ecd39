import { type EventRecord } from '@cordboard/event-store';
import { Client } from 'pg';
import { EVENT_COLUMNS, type EventValue, eventValues } from '../event-columns.ts';
import { batchByBatch, type Contestant } from './contestant.ts';
import { eventsStored } from './events-stored.ts';
import { freshLane } from './fresh-lane.ts';

const LANE_COLUMNS: readonly string[] = ['lane', 'wpos'];

export interface UnnestOptions {
  readonly url: string;
  readonly batchRows: number;
  /** Without the columns of lanes, for a log that has none. */
  readonly withoutLanes?: boolean;
}

/** One statement for a batch of so many rows, checking nothing, on one connection. */
export const openUnnest = async ({ url, batchRows, withoutLanes }: UnnestOptions): Promise<Contestant> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  // As the store has it: the same plan whatever is in the arrays.
  await client.query('SET plan_cache_mode = force_generic_plan');
  const counting = await eventsStored(url);
  const lane = freshLane();
  const all = EVENT_COLUMNS.map(([name, type], index) => ({ name, type, index }));
  const columns = all.filter(({ name }) => withoutLanes !== true || !LANE_COLUMNS.includes(name));
  const names = columns.map(({ name }) => name).join(', ');
  const arrays = columns.map(({ type }, n) => `$${n + 1}::${type}[]`).join(', ');
  const text = `INSERT INTO events (${names}) SELECT * FROM unnest(${arrays})`;
  const encode = (records: readonly EventRecord[]): readonly (readonly EventValue[])[] => {
    const rows = records.map((record) => eventValues(record, ...lane.place()));
    return columns.map(({ index }) => rows.map((row) => row[index] ?? null));
  };
  return {
    write: batchByBatch(batchRows, encode, (values) => ({
      stored: client.query({ name: 'unnest', text, values: [...values] }),
      handed: new Promise(setImmediate),
    })),
    stored: counting.stored,
    close: async () => {
      await Promise.all([client.end(), counting.close()]);
    },
  };
};
