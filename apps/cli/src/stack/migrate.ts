import { ensurePartitions, migrate } from '@cordboard/event-store';
import { type Clock } from '@cordboard/kernel';
import { type Database } from './named-database.ts';

const HOUR_MS = 3_600_000;

/** Brings the schema up to this release. */
export const migrateDatabase = async ({ ownerUrl, applicationRole }: Database): Promise<void> => {
  await migrate(ownerUrl, { applicationRole });
};

/** Makes the partitions of the months to come, now and then; the log has none for a month that nobody made. */
export const keepPartitions = (ownerUrl: string, clock: Clock, say: (line: string) => void): (() => void) => {
  let cancel = (): void => undefined;
  const later = (): void => {
    cancel = clock.after(HOUR_MS, () => {
      ensurePartitions(ownerUrl)
        .catch((error: unknown) => say(`partitions were not made: ${String(error)}`))
        .finally(later);
    });
  };
  later();
  return () => cancel();
};
