import { ensureLogin, SetupError } from '@cordboard/embedded';
import { migrate } from '@cordboard/event-store';
import { type Database, namedDatabase } from './named-database.ts';

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);

const migrateNamed = async ({ ownerUrl, applicationUrl, applicationRole }: Database): Promise<void> => {
  const password = decodeURIComponent(new URL(applicationUrl).password);
  await ensureLogin(ownerUrl, applicationRole, password);
  await migrate(ownerUrl, { applicationRole });
};

/** `cordboard migrate`: the first job of a deployment. Makes the application's role, too. */
export const migrateCommand = async (): Promise<void> => {
  const database = namedDatabase(process.env);
  if (database === null) {
    throw new SetupError(
      'Set CORDBOARD_DATABASE_OWNER_URL and CORDBOARD_DATABASE_URL to the database to migrate.',
    );
  }
  await migrateNamed(database).catch((error: unknown) => {
    throw new SetupError(`The database could not be migrated: ${reasonOf(error)}`);
  });
  console.log('The schema is up to date.');
};
