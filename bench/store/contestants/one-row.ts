import { Client } from 'pg';
import { EVENT_COLUMNS, eventValues } from '../event-columns.ts';
import { appendByAppend, type Contestant } from './contestant.ts';
import { eventsStored } from './events-stored.ts';
import { freshLane } from './fresh-lane.ts';

const INSERT = `INSERT INTO events (${EVENT_COLUMNS.map(([name]) => name).join(', ')})
VALUES (${EVENT_COLUMNS.map((_, index) => `$${index + 1}`).join(', ')})`;

/** Each row in a transaction of its own, by a prepared statement, on so many connections. */
export const openOneRow = async (url: string, connections: number): Promise<Contestant> => {
  const writers = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new Client({ connectionString: url });
      await client.connect();
      return { client, lane: freshLane() };
    }),
  );
  const counting = await eventsStored(url);
  return {
    write: appendByAppend(connections, async ({ records }, worker) => {
      const writer = writers[worker];
      if (writer === undefined) throw new Error('no such connection');
      for (const record of records) {
        const values = [...eventValues(record, ...writer.lane.place())];
        await writer.client.query({ name: 'insert', text: INSERT, values });
      }
    }),
    stored: counting.stored,
    close: async () => {
      await Promise.all([...writers.map(({ client }) => client.end()), counting.close()]);
    },
  };
};
