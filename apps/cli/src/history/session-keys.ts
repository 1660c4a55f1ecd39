import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '@cordboard/embedded';
import {
  createVault,
  type EventStore,
  type Keyring,
  loadTenantKeys,
  type StoredEvent,
} from '@cordboard/event-store';
import { dataFolder } from '../data-folder.ts';

/** What opens the personal fields of a session; null when no key of its tenant is at hand. */
export const sessionKeys = async (
  store: EventStore,
  [first]: readonly StoredEvent[],
): Promise<Keyring | null> => {
  if (first === undefined) return null;
  const keys = process.env['CORDBOARD_TENANT_KEYS'] ?? '';
  const { path } = dataFolder();
  // The embedded default makes a key that is missing; for reading a new one would be of no use.
  if (keys === '' && !existsSync(join(path, 'keys', `${first.tenant}.key`))) return null;
  const vault = createVault({ tenantKeys: loadTenantKeys({ keys, dataDir: path }) });
  return vault.keyring(first.sessionId, first.tenant, await store.keys(first.sessionId));
};

/** Runs what opens sealed fields; a key that does not fit is one line that says what to do. */
export const opening = <T>(task: () => T): T => {
  try {
    return task();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(
      `The session cannot be read (${reason}): set CORDBOARD_TENANT_KEYS to the keys it was sealed with.`,
    );
  }
};
