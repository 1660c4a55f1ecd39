import { SetupError } from '@cordboard/embedded';
import { migrate } from '@cordboard/event-store';

/** `cordboard migrate`: the first job of a deployment. */
export const migrateCommand = async ({ role }: { readonly role: string }): Promise<void> => {
  const ownerUrl = process.env['CORDBOARD_DATABASE_OWNER_URL'] ?? '';
  if (ownerUrl === '') {
    throw new SetupError('Set CORDBOARD_DATABASE_OWNER_URL to the database, with a role that owns it.');
  }
  await migrate(ownerUrl, { applicationRole: role });
  console.log('The schema is up to date.');
};
