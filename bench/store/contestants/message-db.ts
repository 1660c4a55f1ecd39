import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Append } from '@cordboard/event-store';
import pg, { type Client, type PoolClient } from 'pg';
import { appendByAppend, type Contestant } from './contestant.ts';

const SQL_FOLDER = join(
  dirname(createRequire(import.meta.url).resolve('@eventide/message-db/package.json')),
  'database',
);

/** In the order of its own `install.sh`. */
const INSTALL = [
  ...[
    'roles/message-store',
    'schema/message-store',
    'extensions/pgcrypto',
    'tables/messages',
    'types/message',
  ],
  ...[
    ...['message-store-version', 'hash-64', 'acquire-lock', 'category', 'is-category', 'id', 'cardinal-id'],
    ...['stream-version', 'write-message', 'get-stream-messages', 'get-category-messages'],
    'get-last-stream-message',
  ].map((name) => `functions/${name}`),
  ...['messages-id', 'messages-stream', 'messages-category'].map((name) => `indexes/${name}`),
  ...[
    ...[
      'stream-summary',
      'type-summary',
      'stream-type-summary',
      'type-stream-summary',
      'category-type-summary',
    ],
    'type-category-summary',
  ].map((name) => `views/${name}`),
  ...['schema', 'table', 'sequence', 'functions', 'views'].map((name) => `privileges/${name}`),
];

const PASSWORD = 'message-store';

/** Message DB's tables and functions in a database, by its own files, as superuser; gives the URL of its role. */
export const installMessageDb = async (admin: Client, adminUrl: string): Promise<string> => {
  await admin.query('SET search_path = message_store, public');
  await admin.query('SET client_min_messages = error');
  for (const name of INSTALL) await admin.query(readFileSync(join(SQL_FOLDER, `${name}.sql`), 'utf8'));
  await admin.query(`ALTER ROLE message_store PASSWORD '${PASSWORD}'`);
  await admin.query('RESET search_path');
  await admin.query('RESET client_min_messages');
  const url = new URL(adminUrl);
  url.username = 'message_store';
  url.password = PASSWORD;
  return url.toString();
};

const WRITE = 'SELECT write_message($1::varchar, $2::varchar, $3::varchar, $4::jsonb, $5::jsonb, $6::bigint)';

/** One message is one statement; each expects the version before it. */
const write = async (client: PoolClient, { sessionId, records }: Append): Promise<void> => {
  for (const { seq, type, data, meta } of records) {
    const place = [randomUUID(), `session-${sessionId}`, type];
    const values = [...place, JSON.stringify(data), JSON.stringify(meta), seq - 2];
    await client.query({ name: 'write_message', text: WRITE, values });
  }
};

/** Several messages that must stand together are written within a transaction. */
const transaction = async (client: PoolClient, append: Append): Promise<void> => {
  await client.query('BEGIN');
  await write(client, append);
  await client.query('COMMIT');
};

/**
 * Message DB as its clients drive it: the role `message_store` with its search path, `write_message` with the
 * expected version as a prepared statement, over a pool as large as there are callers.
 */
export const openMessageDb = async (url: string, connections: number): Promise<Contestant> => {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    options: '-c search_path=message_store,public',
  });
  return {
    write: appendByAppend(connections, async (append) => {
      const client = await pool.connect();
      try {
        await (append.records.length === 1 ? write(client, append) : transaction(client, append));
      } finally {
        client.release();
      }
    }),
    stored: async (ids) => {
      const text = 'SELECT count(*)::integer AS rows FROM messages WHERE stream_name = ANY ($1)';
      const { rows } = await pool.query<{ rows: number }>(text, [ids.map((id) => `session-${id}`)]);
      return rows[0]?.rows ?? 0;
    },
    close: () => pool.end(),
  };
};
