import { type Stack } from '@cordboard/testing';
import { Client } from 'pg';

const run = async (stack: Stack, statement: string): Promise<void> => {
  const url = new URL(stack.database.adminUrl);
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.toString() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

const nameOf = (stack: Stack): string => new URL(stack.database.adminUrl).pathname.slice(1);

/** Ends every connection to the stack's database and lets none in; the returned function lets them in again. */
export const databaseOutage = async (stack: Stack): Promise<() => Promise<void>> => {
  const name = nameOf(stack);
  await run(stack, `ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS false`);
  await run(stack, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  return () => run(stack, `ALTER DATABASE "${name}" WITH ALLOW_CONNECTIONS true`);
};
