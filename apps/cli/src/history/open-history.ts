import { createPostgresStore, type EventStore } from '@cordboard/event-store';
import { SetupError } from '@cordboard/embedded';
import { dataFolder } from '../data-folder.ts';
import { addressOf } from '../stack/runtime-file.ts';

const READERS = 1;

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error);

/** Lends the log to `task`; an unreachable database is one line that says what to do. */
export const withHistory = async <T>(task: (store: EventStore) => Promise<T>): Promise<T> => {
  const url = addressOf(dataFolder(), 'CORDBOARD_DATABASE_URL', 'databaseUrl');
  const workerId = `cli-${process.pid}`;
  const store = await createPostgresStore({ url, workerId, readers: READERS }).catch((error: unknown) => {
    throw new SetupError(
      `The database does not answer (${reasonOf(error)}): run npm start, or set CORDBOARD_DATABASE_URL.`,
    );
  });
  try {
    return await task(store);
  } finally {
    await store.close();
  }
};
