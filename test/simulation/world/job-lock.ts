import { type JobLock } from '@cordboard/event-store';
import { type Database } from './database.ts';
import { type Host } from './host.ts';

const TIMEOUT_MS = 3_000;
/** The server ends the connection of a holder that says nothing for two of these. */
const IDLE_MS = 2_500;

/** A lock on a connection of its own, and as long as that lasts at the server. */
export const takeLock = async (
  database: Database,
  host: Host,
  take: () => Promise<JobLock | null>,
): Promise<JobLock | null> => {
  const session = database.connect(host);
  const lost = new Promise<string>((resolve) => session.onLost(() => resolve('the connection ended')));
  const cancel = host.clock.after(TIMEOUT_MS, session.end);
  const statement = async (): Promise<boolean> => {
    const taken = await take();
    session.onDropped(() => void taken?.release());
    if (!session.isServed()) void taken?.release();
    return taken !== null;
  };
  const taken = await session.run('lock', statement).finally(cancel);
  if (!taken) {
    session.end();
    return null;
  }
  let wasFrozen = false;
  const watch = (): void => {
    if (!session.isServed()) return;
    if (wasFrozen && host.isFrozen()) return session.drop();
    wasFrozen = host.isFrozen();
    host.at(database.now() + IDLE_MS, null, 'idle?', watch);
  };
  watch();
  return { lost, release: async () => session.end() };
};
