import { type Event } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { type EventRecord } from '@cordboard/event-store';
import pg from 'pg';
import { appendByAppend, type Contestant } from './contestant.ts';

/** What an application of Emmett would hand over: no sequence, hash or target, which are ours. */
const eventOf = ({ type, data, meta }: EventRecord): Event & { readonly metadata: object } => ({
  type,
  data,
  metadata: meta,
});

/** Makes Emmett's tables and functions in a database, as its owner. */
export const migrateEmmett = async (url: string): Promise<void> => {
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  await store.close();
};

/**
 * Emmett as its documentation has it: one store over one pool, `appendToStream` with the version that the stream is
 * expected at, all events of a command in one call. `connections` is both the size of the pool and the number of
 * callers, so that none waits for a connection.
 */
export const openEmmett = async (url: string, connections: number): Promise<Contestant> => {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  return {
    write: appendByAppend(connections, async ({ sessionId, records }) => {
      const expectedStreamVersion = BigInt((records[0]?.seq ?? 1) - 1);
      await store.appendToStream(`session-${sessionId}`, records.map(eventOf), { expectedStreamVersion });
    }),
    stored: async (ids) => {
      const text = 'SELECT count(*)::integer AS rows FROM emt_messages WHERE stream_id = ANY ($1)';
      const { rows } = await pool.query<{ rows: number }>(text, [ids.map((id) => `session-${id}`)]);
      return rows[0]?.rows ?? 0;
    },
    close: async () => {
      await store.close();
      await pool.end();
    },
  };
};
