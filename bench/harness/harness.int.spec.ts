import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leftovers, postgresUser, removeServerHome } from '@cordboard/embedded';
import { type PrivateDatabase } from '@cordboard/testing';
import { Client } from 'pg';
import { disk } from './disk/commit.ts';
import { flushTime } from './disk/flush-time.ts';
import { buildSlowDisk } from './disk/slow-disk.ts';
import { type OpenPostgres, openPostgres, preparePostgres } from './postgres.ts';
import { settingsOf } from './settings.ts';

const slowDisk = buildSlowDisk(join(import.meta.dirname, 'disk', 'slow-fsync.c'));
let folder = '';
let postgres: OpenPostgres;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cordboard-bench-'));
  const environments = 'why' in slowDisk ? {} : { '+4 ms': slowDisk.environmentOf('+4 ms') };
  postgres = openPostgres(await preparePostgres(join(folder, 'data'), environments), folder);
});
afterAll(async () => {
  await postgres.close();
  expect(leftovers(folder)).toEqual([]);
  if (!('why' in slowDisk)) slowDisk.remove();
  removeServerHome(join(folder, 'data'), postgresUser());
  rmSync(folder, { recursive: true });
});

const ask = async ({ adminUrl }: PrivateDatabase, query: string): Promise<unknown> => {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly value: unknown }>(query);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
};

describe('the Postgres of the bench', () => {
  it('waits for its disk', async () => {
    const database = await postgres.database();
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
      expect(await ask(database, `SELECT current_setting('${setting}') AS value`)).toBe('on');
    await database.drop();
  });

  it('keeps its data and its URLs from one disk to the other, and loads what slows it', async () => {
    const kept = await postgres.database();
    await ask(kept, 'CREATE TABLE kept AS SELECT 42 AS value');
    await postgres.on('+4 ms');
    expect(await ask(kept, 'SELECT value FROM kept')).toBe(42);
    await ask(kept, 'CREATE TABLE environment(value text)');
    await ask(kept, `COPY environment FROM PROGRAM 'echo "$SLOW_FSYNC_US"'`);
    expect(await ask(kept, 'SELECT value FROM environment')).toBe('why' in slowDisk ? '' : '4000');
    await postgres.on('as is');
    await kept.drop();
  });

  it('makes copies of what was kept', async () => {
    const first = await postgres.database();
    await ask(first, 'CREATE TABLE kept AS SELECT 42 AS value');
    expect(await postgres.isKept('bench_kept')).toBe(false);
    await postgres.keepAsTemplate(first, 'bench_kept');
    expect(await postgres.isKept('bench_kept')).toBe(true);
    await first.drop();
    const copy = await postgres.database('bench_kept');
    expect(await ask(copy, 'SELECT value FROM kept')).toBe(42);
    await copy.drop();
  });
});

it('tells how long the disk takes', () => {
  expect(flushTime(folder)).toMatchObject({ count: 100 });
});

it('runs the smallest group', async () => {
  const { rows } = await disk.run({
    ...settingsOf('quick', ['as is']),
    postgres,
    collect: () => undefined,
    progress: () => undefined,
    give: () => undefined,
  });
  expect(rows).toMatchObject([{ id: 'disk/commit', disk: 'as is', figures: { count: 3 } }]);
});
