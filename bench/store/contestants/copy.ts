import { finished } from 'node:stream/promises';
import { type EventRecord } from '@cordboard/event-store';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { EVENT_COLUMNS, type EventValue, eventValues } from '../event-columns.ts';
import { batchByBatch, type Contestant } from './contestant.ts';
import { eventsStored } from './events-stored.ts';
import { freshLane } from './fresh-lane.ts';

const COPY = `COPY events (${EVENT_COLUMNS.map(([name]) => name).join(', ')}) FROM STDIN`;

/** A value in the text format of COPY; the characters that would need another escape do not stand in rows. */
const copied = (value: EventValue): string => {
  if (value === null) return '\\N';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.replaceAll('\\', '\\\\');
  return `\\\\x${value.toString('hex')}`;
};

/** `COPY` of batches of so many rows into the log, each a transaction, on one connection. */
export const openCopy = async (url: string, batchRows: number): Promise<Contestant> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const counting = await eventsStored(url);
  const lane = freshLane();
  const encode = (records: readonly EventRecord[]): string =>
    records
      .map(
        (record) =>
          `${eventValues(record, ...lane.place())
            .map(copied)
            .join('\t')}\n`,
      )
      .join('');
  return {
    write: batchByBatch(batchRows, encode, (lines) => {
      const stream = client.query(copyFrom(COPY));
      const handed = new Promise((resolve) => stream.write(lines, resolve));
      stream.end();
      return { handed, stored: finished(stream) };
    }),
    stored: counting.stored,
    close: async () => {
      await Promise.all([client.end(), counting.close()]);
    },
  };
};
