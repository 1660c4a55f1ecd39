import { Client } from 'pg';

/** What stands in the log. */
interface Log {
  readonly rows: number;
  readonly initialized: number;
  readonly completed: number;
}

const LOG = `
SELECT count(*)::int AS rows, count(*) FILTER (WHERE name = 'session.initialized')::int AS initialized,
  count(*) FILTER (WHERE type = 'CommandCompleted')::int AS completed FROM events`;

export const openLog = async (url: string) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    read: async (): Promise<Log> => {
      const { rows } = await client.query<Log>(LOG);
      return rows[0] ?? { rows: 0, initialized: 0, completed: 0 };
    },
    close: () => client.end(),
  };
};
