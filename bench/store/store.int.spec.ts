import { type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import { Client, types } from 'pg';
import { type Contestant } from './contestants/contestant.ts';
import { openCopy } from './contestants/copy.ts';
import { migrateEmmett, openEmmett } from './contestants/emmett.ts';
import { openEngine } from './contestants/engine.ts';
import { installMessageDb, openMessageDb } from './contestants/message-db.ts';
import { openOneRow } from './contestants/one-row.ts';
import { openUnnest } from './contestants/unnest.ts';
import { preload } from './preload.ts';
import { recordCall, singly, type Step } from './recorded-call.ts';
import { newSessions } from './sessions.ts';

const SESSIONS = 5;
const PRELOADED = 200;

interface Opened {
  readonly contestant: Contestant;
  /** Columns of what it stores, in the order of the session of which `$1` names the stream. */
  readonly stored: string;
  readonly stream: (session: string) => string;
}

const LOG = {
  stored: 'SELECT type, data, meta FROM events WHERE session_id = $1 ORDER BY seq',
  stream: (session: string) => session,
};
const named = (session: string): string => `session-${session}`;

/** What Emmett teaches the client to read otherwise, for the whole process: int8, json, jsonb. */
const RETAUGHT = [20, 114, 3802] as const;
type Parser = (text: string) => unknown;
const parsers = RETAUGHT.map((oid): Parser => types.getTypeParser(oid, 'text') as Parser);
afterAll(() => RETAUGHT.forEach((oid, n) => types.setTypeParser(oid, 'text', parsers[n] ?? String)));

describe('whoever stores in the bench', () => {
  let database: PrivateDatabase;
  let admin: Client;
  let messageDbUrl: string;
  let call: readonly Step[];

  beforeAll(async () => {
    database = await privateDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    messageDbUrl = await installMessageDb(admin, database.adminUrl);
    call = await recordCall();
  });
  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  const OPENS: Readonly<Record<string, () => Promise<Opened>>> = {
    engine: async () => ({ contestant: await openEngine(database.applicationUrl), ...LOG }),
    COPY: async () => ({ contestant: await openCopy(database.applicationUrl, 7), ...LOG }),
    'bare insert': async () => ({
      contestant: await openUnnest({ url: database.applicationUrl, batchRows: 7 }),
      ...LOG,
    }),
    'one row per commit': async () => ({ contestant: await openOneRow(database.applicationUrl, 3), ...LOG }),
    Emmett: async () => ({
      contestant: await openEmmett(database.ownerUrl, 3),
      stored: `SELECT message_type AS type, message_data AS data, message_metadata AS meta
        FROM emt_messages WHERE stream_id = $1 ORDER BY stream_position`,
      stream: named,
    }),
    'Message DB': async () => ({
      contestant: await openMessageDb(messageDbUrl, 3),
      stored: `SELECT type, data, metadata AS meta
        FROM message_store.messages WHERE stream_name = $1 ORDER BY position`,
      stream: named,
    }),
  };

  it.each(Object.keys(OPENS))('stores what it claims: %s', async (name) => {
    const { contestant, stored, stream } = await OPENS[name]!();
    for (const steps of [call, singly(call)]) {
      const sessions = newSessions(steps, SESSIONS);
      const { events, eventsPerSecond, latenciesUs } = await contestant.write(sessions, 50);
      expect(await contestant.stored(sessions.map(({ id }) => id))).toBe(events);
      expect(events).toBeGreaterThanOrEqual(latenciesUs.length);
      expect(eventsPerSecond).toBeGreaterThan(0);
      const [session] = sessions;
      const { rows } = await admin.query<object>(stored, [stream(session!.id)]);
      const told = call.flat();
      expect(rows.length).toBeGreaterThan(0);
      expect(rows).toEqual(
        rows.map((_, place) => {
          const { type, data, meta } = told[place % told.length]!;
          return { type, data, meta };
        }),
      );
    }
    await contestant.close();
  });

  it('makes every commit wait for the disk alike', async () => {
    const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'commit_delay'];
    const asked = async (url: string) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<object>(
        'SELECT name, setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
        [settings],
      );
      await client.end();
      return rows;
    };
    const [engine, emmett, messageDb] = await Promise.all(
      [database.applicationUrl, database.ownerUrl, messageDbUrl].map(asked),
    );
    expect(engine).toHaveLength(settings.length);
    expect(emmett).toEqual(engine);
    expect(messageDb).toEqual(engine);
  });

  it('begins on tables that hold rows of the same call', async () => {
    const fresh = await privateDatabase();
    const own = new Client({ connectionString: fresh.adminUrl });
    await own.connect();
    await migrateEmmett(fresh.ownerUrl);
    await installMessageDb(own, fresh.adminUrl);
    for (const table of ['events', 'emmett', 'message-db'] as const)
      await preload(own, table, { call, rows: PRELOADED });
    const { rows } = await own.query<object>(`SELECT
      (SELECT count(*)::integer FROM events) AS events,
      (SELECT count(*)::integer FROM emt_messages) AS emmett,
      (SELECT count(*)::integer FROM message_store.messages) AS "messageDb",
      (SELECT count(DISTINCT session_id)::integer FROM events) AS sessions,
      (SELECT bool_and(e.data = m.data AND e.meta = m.metadata AND e.type = m.type) FROM events e
        JOIN message_store.messages m ON m.position = e.seq - 1 AND e.seq < 100) AS alike`);
    expect(rows).toEqual([
      { events: PRELOADED, emmett: PRELOADED, messageDb: PRELOADED, sessions: 2, alike: true },
    ]);
    await own.end();
    await fresh.drop();
  });
});
