import { type DataSource } from 'typeorm';
import { openDataSource } from './data-source.ts';
import { grantTo } from './grants.ts';
import { JOB_LOCK, MIGRATE_JOB } from './locks.ts';
import { ensurePartitionsOn } from './partitions.ts';

/** What a migration did: names, empty when everything was there. */
export interface Migrated {
  readonly migrations: readonly string[];
  readonly partitions: readonly string[];
}

const migrateOn = async (dataSource: DataSource, applicationRole: string): Promise<Migrated> => {
  const migrations = await dataSource.runMigrations({ transaction: 'all' });
  const partitions = await ensurePartitionsOn(dataSource);
  await grantTo(dataSource, applicationRole);
  return { migrations: migrations.map(({ name }) => name), partitions };
};

/**
 * Brings a database to this release, as its owner: tables, partitions, and the rights of the application's
 * role, which must exist. Run again it changes nothing; run by several at once, one works and the others wait.
 */
export const migrate = async (
  ownerUrl: string,
  { applicationRole }: { readonly applicationRole: string },
): Promise<Migrated> => {
  const dataSource = await openDataSource({ url: ownerUrl, name: 'cordboard migrate', connections: 2 });
  const guard = dataSource.createQueryRunner();
  try {
    await guard.query('SET statement_timeout = 0');
    await guard.query('SELECT pg_advisory_lock($1, $2)', [JOB_LOCK, MIGRATE_JOB]);
    return await migrateOn(dataSource, applicationRole);
  } finally {
    // Ends the connection, and the lock with it.
    await guard.release();
    await dataSource.destroy();
  }
};
