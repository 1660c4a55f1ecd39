import { type PrivateDatabase } from '@cordboard/testing';
import { Client } from 'pg';
import { type Context } from '../harness/context.ts';
import { migrateEmmett } from './contestants/emmett.ts';
import { installMessageDb } from './contestants/message-db.ts';
import { preload } from './preload.ts';
import { recordCall, type Step } from './recorded-call.ts';

/** The call, and each contestant's tables with their first million rows, all on one server. */
export interface Stage {
  readonly call: readonly Step[];
  /** The log: the engine's and the floors'. */
  readonly log: PrivateDatabase;
  readonly emmettUrl: string;
  readonly messageDbUrl: string;
}

const ROWS = 1_000_000;
const KEPT_AS = 'bench_log';

type Databases = Pick<Context['postgres'], 'database' | 'isKept' | 'keepAsTemplate'>;

const asAdmin = async <T>(url: string, task: (admin: Client) => Promise<T>): Promise<T> => {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    return await task(admin);
  } finally {
    await admin.end();
  }
};

/** A database with a log of so many rows. */
export const fillLog = async (
  postgres: Pick<Databases, 'database'>,
  call: readonly Step[],
  rows: number,
): Promise<PrivateDatabase> => {
  const log = await postgres.database();
  await asAdmin(log.adminUrl, (admin) => preload(admin, 'events', { call, rows }));
  return log;
};

/** A log of a million rows of one's own: made by who comes first in a run, copied by the others. */
export const openLog = async (postgres: Databases, call: readonly Step[]): Promise<PrivateDatabase> => {
  if (await postgres.isKept(KEPT_AS)) return postgres.database(KEPT_AS);
  const log = await fillLog(postgres, call, ROWS);
  await postgres.keepAsTemplate(log, KEPT_AS);
  return log;
};

const openEmmettTables = async (postgres: Databases, call: readonly Step[]): Promise<string> => {
  const { adminUrl, ownerUrl } = await postgres.database();
  await migrateEmmett(ownerUrl);
  await asAdmin(adminUrl, (admin) => preload(admin, 'emmett', { call, rows: ROWS }));
  return ownerUrl;
};

const openMessageDbTables = async (postgres: Databases, call: readonly Step[]): Promise<string> => {
  const { adminUrl } = await postgres.database();
  return asAdmin(adminUrl, async (admin) => {
    const url = await installMessageDb(admin, adminUrl);
    await preload(admin, 'message-db', { call, rows: ROWS });
    return url;
  });
};

export const setStage = async ({ postgres }: Pick<Context, 'postgres'>): Promise<Stage> => {
  const call = await recordCall();
  // One after the other each would leave a core idle.
  const [log, emmettUrl, messageDbUrl] = await Promise.all([
    openLog(postgres, call),
    openEmmettTables(postgres, call),
    openMessageDbTables(postgres, call),
  ]);
  return { call, log, emmettUrl, messageDbUrl };
};
