import { type Client } from 'pg';
import { type Step } from './recorded-call.ts';

/** A stream has so many rows, as after some calls. */
const ROWS_A_STREAM = 100;

// Ids are spread over the month so far: those made later come behind them, as in production.
const STREAMS = `
CREATE TEMP TABLE preload_streams AS
SELECT n, (lpad(to_hex((extract(epoch FROM date_trunc('month', now()) + (now() - date_trunc('month', now())) * n / $1) * 1000)::bigint), 12, '0')
  || '7' || right(md5(random()::text), 3) || '8' || right(md5(random()::text), 15))::uuid AS id
FROM generate_series(0, $1::integer - 1) n`;

const CALL = `
CREATE TEMP TABLE preload_call AS
SELECT place - 1 AS place, row ->> 'type' AS type, (row ->> 'version')::smallint AS version, row ->> 'name' AS name,
  substr(row ->> 'target', 37) AS below, row -> 'data' AS data, row -> 'meta' AS meta,
  decode(row ->> 'pii', 'base64') AS pii
FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS c(row, place)`;

// The rows come stream by stream without being sorted: both joins look up in small tables.
const ROWS = `
FROM (SELECT g / ${ROWS_A_STREAM} AS n, g % ${ROWS_A_STREAM} + 1 AS seq FROM generate_series(0, $1::integer - 1) g) p
JOIN preload_streams s USING (n)
JOIN preload_call c ON c.place = (seq - 1) % (SELECT count(*) FROM preload_call)`;

const LANE = `
INSERT INTO lanes (opened_by, closed_by, closed_at, last_wpos) VALUES ('preload', 'preload', now(), $1) RETURNING id`;

// Older than the durable feed keeps: no session worker fills its stream with them while commands are measured.
const EVENTS = `
INSERT INTO events (session_id, seq, lane, wpos, epoch, tenant, type, version, target, at, name, data, pii, key_id, meta, hash)
SELECT s.id, seq, $2, s.n * ${ROWS_A_STREAM} + seq, 1, 'demo', c.type, c.version, s.id || c.below, now() - interval '2 days', c.name,
  c.data, c.pii, CASE WHEN c.pii IS NOT NULL THEN s.id END, c.meta, sha256((s.n || '.' || seq)::bytea) ${ROWS}`;

const EMMETT_STREAMS = `
INSERT INTO emt_streams (stream_id, stream_position, stream_type, stream_metadata)
SELECT 'session-' || id, ${ROWS_A_STREAM}, 'session', '{}' FROM preload_streams`;

const EMMETT_MESSAGES = `
INSERT INTO emt_messages (stream_id, stream_position, transaction_id, message_schema_version, message_id, message_type,
  message_data, message_metadata)
SELECT 'session-' || s.id, seq, pg_current_xact_id(), '1', gen_random_uuid()::text, c.type, c.data, c.meta ${ROWS}`;

const MESSAGE_DB = `
INSERT INTO message_store.messages (stream_name, position, type, data, metadata)
SELECT 'session-' || s.id, seq - 1, c.type, c.data, c.meta ${ROWS}`;

type Table = 'events' | 'emmett' | 'message-db';

const fill = async (admin: Client, table: Table, rows: number): Promise<void> => {
  switch (table) {
    case 'events': {
      const lane = await admin.query<{ id: number }>(LANE, [rows]);
      await admin.query(EVENTS, [rows, lane.rows[0]?.id]);
      return;
    }
    case 'emmett':
      await admin.query(EMMETT_STREAMS);
      await admin.query(EMMETT_MESSAGES, [rows]);
      return;
    case 'message-db':
      await admin.query(MESSAGE_DB, [rows]);
  }
};

/** Fills one contestant's tables with streams of the recorded call, as superuser, on the server alone. */
export const preload = async (
  admin: Client,
  table: Table,
  { call, rows }: { readonly call: readonly Step[]; readonly rows: number },
): Promise<void> => {
  const streams = Math.ceil(rows / ROWS_A_STREAM);
  const lines = call.flat().map((row) => ({ ...row, pii: row.pii?.toString('base64') ?? null }));
  // Nothing is measured here, and what a crash would lose is made again.
  await admin.query('SET synchronous_commit = off');
  await admin.query(STREAMS, [streams]);
  await admin.query(CALL, [JSON.stringify(lines)]);
  await fill(admin, table, streams * ROWS_A_STREAM);
  await admin.query('DROP TABLE preload_streams, preload_call');
  await admin.query('VACUUM (ANALYZE)');
  await admin.query('RESET synchronous_commit');
};
