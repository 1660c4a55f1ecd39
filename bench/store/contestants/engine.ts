import { createPostgresStore, type EventStore } from '@cordboard/event-store';
import { appendByAppend, type Contestant } from './contestant.ts';
import { eventsStored } from './events-stored.ts';

/** The store as the session service opens it; every session appends for itself, and the store gathers. */
export const openEngine = async (url: string): Promise<Contestant & { readonly store: EventStore }> => {
  const store = await createPostgresStore({ url, workerId: 'bench' });
  const rows = await eventsStored(url);
  return {
    store,
    write: appendByAppend(Infinity, async (append) => {
      const outcome = await store.append(append);
      if (!outcome.ok) throw new Error(`not stored: ${JSON.stringify(outcome.error)}`);
    }),
    ...rows,
    close: async () => {
      await Promise.all([store.close(), rows.close()]);
    },
  };
};
