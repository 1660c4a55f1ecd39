import { type PoolClient, type QueryConfig } from 'pg';
import { type DataSource } from 'typeorm';

/** A named statement for the `pg` client: the server parses and plans it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A query that gives up after so long; the types of `pg` do not know that it can. */
export const timed = (query: QueryConfig, timeoutMs: number): QueryConfig =>
  Object.assign(query, { query_timeout: timeoutMs });

/**
 * Runs a statement on a connection of the pool; throws when it has no answer in time. A connection that did not
 * answer is ended: whoever got it next would wait behind the lost statement.
 */
export const ask = async <Row extends object>(
  dataSource: DataSource,
  { name, text, values }: Statement,
  timeoutMs: number,
): Promise<readonly Row[]> => {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    try {
      return (await client.query<Row>(timed({ name, text, values: [...values] }, timeoutMs))).rows;
    } catch (error) {
      // The server's own refusals have a code, and leave the connection as it was.
      if (!(error instanceof Error && 'code' in error)) client.end().catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
};
