import { Client } from 'pg';
import { microseconds } from '../harness/figures.ts';
import { type MissedLog } from './missed-log.ts';

const SESSIONS_A_STATEMENT = 100;
const SQL = 'SELECT * FROM events WHERE session_id = ANY($1::uuid[]) AND seq > $2 ORDER BY session_id, seq';

/** The same rows read in batches and parsed by `pg`, with nothing of ours in it. */
export const openReadFloor = async (url: string, { sessions, cursor, last }: MissedLog) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    /** Rows a second; raises when one is missing. */
    rate: async (): Promise<number> => {
      let rows = 0;
      const since = microseconds();
      for (let from = 0; from < sessions.length; from += SESSIONS_A_STATEMENT) {
        const values = [sessions.slice(from, from + SESSIONS_A_STATEMENT), cursor];
        rows += (await client.query({ name: 'floor', text: SQL, values })).rows.length;
      }
      const tookUs = microseconds() - since;
      if (rows !== sessions.length * (last - cursor)) throw new Error(`${rows} rows were read`);
      return (rows * 1_000_000) / tookUs;
    },
    close: () => client.end(),
  };
};
