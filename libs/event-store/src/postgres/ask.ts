import { type PoolClient, type QueryArrayConfig, type QueryConfig } from 'pg';
import { type DataSource } from 'typeorm';

/** A named statement for the `pg` client: the server parses and plans it once a connection. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A query that gives up after so long; the types of `pg` do not know that it can. */
export const timed = <Query extends QueryConfig>(query: Query, timeoutMs: number): Query =>
  Object.assign(query, { query_timeout: timeoutMs });

/** The server's own refusals have a code of five characters, and leave the connection as it was. */
export const isRefusal = (error: unknown): boolean => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('57P');
};

type Task<T> = (client: PoolClient, query: QueryConfig) => Promise<T>;

const run = async <T>(
  dataSource: DataSource,
  { name, text, values }: Statement,
  timeoutMs: number,
  task: Task<T>,
): Promise<T> => {
  const until = performance.now() + timeoutMs;
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    try {
      const leftMs = Math.max(1, until - performance.now());
      return await task(client, timed({ name, text, values: [...values] }, leftMs));
    } catch (error) {
      if (!isRefusal(error)) client.end().catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
};

/**
 * Runs a statement on a connection of the pool; throws when it has no answer in time. A connection that did not
 * answer is ended: whoever got it next would wait behind the lost statement.
 */
export const ask = <Row extends object>(
  dataSource: DataSource,
  statement: Statement,
  timeoutMs: number,
): Promise<readonly Row[]> =>
  run(dataSource, statement, timeoutMs, async (client, query) => (await client.query<Row>(query)).rows);

/** As `ask`, each row an array of its columns: much faster for many rows. */
export const askArrays = <Row extends readonly unknown[]>(
  dataSource: DataSource,
  statement: Statement,
  timeoutMs: number,
): Promise<readonly Row[]> =>
  run(dataSource, statement, timeoutMs, async (client, query) => {
    const inArrays: QueryArrayConfig = { ...query, rowMode: 'array' };
    return (await client.query<Row & unknown[]>(inArrays)).rows;
  });
