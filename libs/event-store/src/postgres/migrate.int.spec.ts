import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationRole, type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import { Client } from 'pg';
import { draft, writerOf } from '../specimen.ts';
import { openDataSource } from './data-source.ts';
import { migrate } from './migrate.ts';
import { ensurePartitions, ensurePartitionsOn, partitionsAround } from './partitions.ts';
import { createPostgresStore } from './postgres-store.ts';
import { dumpSchema } from './schema-dump.ts';

let database: PrivateDatabase;
let owner: Client;
let application: Client;

const connected = async (connectionString: string): Promise<Client> => {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
};

beforeAll(async () => {
  database = await privateDatabase();
  await migrate(database.ownerUrl, { applicationRole });
  owner = await connected(database.ownerUrl);
  application = await connected(database.applicationUrl);
}, 120_000);
afterAll(async () => {
  await Promise.all([owner.end(), application.end()]);
  await database.drop();
});

const partitionNames = async (): Promise<readonly string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'events'::regclass ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

describe('migrate', () => {
  it('changes nothing the second time, and waits for another that runs', async () => {
    const again = () => migrate(database.ownerUrl, { applicationRole });
    expect(await Promise.all([again(), again(), again()])).toEqual(
      Array(3).fill({ migrations: [], partitions: [] }),
    );
  });

  it('makes everything in an empty database', async () => {
    const name = `empty_${randomBytes(6).toString('hex')}`;
    const admin = await connected(database.adminUrl);
    await admin.query(`CREATE DATABASE ${name} OWNER ${new URL(database.ownerUrl).username}`);
    const url = new URL(database.ownerUrl);
    url.pathname = `/${name}`;
    const results = await Promise.all([0, 1].map(() => migrate(url.toString(), { applicationRole })));
    expect(results.map(({ partitions }) => partitions.length).sort()).toEqual([0, 5]);
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  });

  it('adds to what is there, and can be taken back without harm to the log', async () => {
    const store = await createPostgresStore({ url: database.applicationUrl, workerId: 'w1' });
    const writer = writerOf('demo');
    await store.append(writer.next([draft()]));
    const dataSource = await openDataSource({ url: database.ownerUrl, name: 'spec', connections: 1 });
    await dataSource.undoLastMigration();
    await dataSource.destroy();
    expect((await store.append(writer.next([draft()]))).ok).toBe(true);
    const { migrations } = await migrate(database.ownerUrl, { applicationRole });
    expect(migrations).toEqual(['FollowLog1795305600000']);
    expect(await store.read(writer.sessionId)).toHaveLength(2);
    await store.close();
  });

  it('leaves tables that match the entities', async () => {
    const dataSource = await openDataSource({ url: database.ownerUrl, name: 'spec', connections: 1 });
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('makes the schema that is committed', async () => {
    const file = join(import.meta.dirname, '../../schema.sql');
    const dump = await dumpSchema(owner, applicationRole);
    if (process.env.CORDBOARD_WRITE_SCHEMA === '1') writeFileSync(file, dump);
    expect(dump).toBe(readFileSync(file, 'utf8'));
  });
});

describe('the role of the application', () => {
  const denied = { code: '42501' };

  it.each([
    'UPDATE events SET type = type',
    'DELETE FROM events',
    'TRUNCATE events',
    'ALTER TABLE events ADD COLUMN more text',
    'CREATE TABLE mine (id text)',
    'DELETE FROM data_keys',
    'UPDATE data_keys SET scope = scope',
    'UPDATE data_subjects SET tenant = tenant',
    'DELETE FROM lanes',
    'DELETE FROM followers',
    'UPDATE open_sessions SET agent_id = agent_id',
    'SELECT * FROM schema_migrations',
  ])('may not: %s', async (statement) => {
    await expect(application.query(statement)).rejects.toMatchObject(denied);
  });

  it('may not reach the log through a partition', async () => {
    const [partition] = await partitionNames();
    await expect(application.query(`DELETE FROM ${partition}`)).rejects.toMatchObject(denied);
    await expect(application.query(`SELECT FROM ${partition}`)).rejects.toMatchObject(denied);
  });

  it('loses a right that somebody gave it', async () => {
    await owner.query(`GRANT DELETE ON events TO ${applicationRole}`);
    await migrate(database.ownerUrl, { applicationRole });
    await expect(application.query('DELETE FROM events')).rejects.toMatchObject(denied);
  });

  it('may write and read', async () => {
    const store = await createPostgresStore({ url: database.applicationUrl, workerId: 'w1' });
    const writer = writerOf('demo');
    expect((await store.append(writer.next([draft()]))).ok).toBe(true);
    expect(await store.read(writer.sessionId)).toHaveLength(1);
    await store.close();
  });
});

describe('the partitions', () => {
  it('reach from a month back to three months ahead', async () => {
    const names = partitionsAround(Date.now()).map(({ name }) => name);
    expect(await partitionNames()).toEqual(expect.arrayContaining(names));
    expect(partitionsAround(Date.UTC(2026, 0, 31)).map(({ name }) => name)).toEqual([
      'events_2025_12',
      'events_2026_01',
      'events_2026_02',
      'events_2026_03',
      'events_2026_04',
    ]);
  });

  it('follow the months without a gap, made once by whoever comes first, while appends go on', async () => {
    expect(await ensurePartitions(database.ownerUrl)).toEqual([]);
    const store = await createPostgresStore({ url: database.applicationUrl, workerId: 'w1' });
    const dataSources = await Promise.all(
      [0, 1].map(() => openDataSource({ url: database.ownerUrl, name: 'spec', connections: 1 })),
    );
    const next = new Date();
    const later = Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 2, 1);
    const reader = await connected(database.applicationUrl);
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM events');
    const made = await Promise.all(dataSources.map((dataSource) => ensurePartitionsOn(dataSource, later)));
    expect((await store.append(writerOf('demo').next([draft()]))).ok).toBe(true);
    await reader.query('COMMIT');
    await reader.end();
    expect(made.map((names) => names.length).sort()).toEqual([0, 2]);
    const bounds = [...partitionsAround(Date.now()), ...partitionsAround(later)];
    for (const { name, to } of bounds) {
      const following = bounds.find(({ from }) => from === to);
      if (name !== bounds.at(-1)?.name) expect(following).toBeDefined();
    }
    expect((await partitionNames()).length).toBe(7);
    await Promise.all([...dataSources.map((dataSource) => dataSource.destroy()), store.close()]);
  });

  it('hold every index of the log', async () => {
    const { rows } = await owner.query<{ indexes: string }>(
      `SELECT count(*) AS indexes FROM pg_inherits i JOIN pg_index x ON x.indrelid = i.inhrelid
       WHERE i.inhparent = 'events'::regclass GROUP BY i.inhrelid`,
    );
    expect(new Set(rows.map(({ indexes }) => indexes))).toEqual(new Set(['5']));
  });
});
