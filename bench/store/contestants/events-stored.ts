import { Client } from 'pg';
import { type Contestant } from './contestant.ts';

/** Counts in the log itself, on a connection of its own. */
export const eventsStored = async (url: string): Promise<Pick<Contestant, 'stored' | 'close'>> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    stored: async (ids) => {
      const text = 'SELECT count(*)::integer AS rows FROM events WHERE session_id = ANY ($1::uuid[])';
      const { rows } = await client.query<{ rows: number }>(text, [ids]);
      return rows[0]?.rows ?? 0;
    },
    close: () => client.end(),
  };
};
