import { type DataKeyRecord } from '../../record.ts';
import { type Statement } from '../ask.ts';

const KEYS = `
SELECT key_id AS "keyId", tenant, session_id AS "sessionId", scope, wrapped FROM data_keys
WHERE session_id = ANY ($1::uuid[])`;

/** The keys of the sessions with these ids. */
export const keysStatement = (sessions: readonly string[]): Statement => ({
  name: 'keys',
  text: KEYS,
  values: [sessions],
});

/** The keys of each session, in the order of the ids. */
export const keysOf = (
  sessions: readonly string[],
  keys: readonly DataKeyRecord[],
): readonly (readonly DataKeyRecord[])[] => {
  const found = new Map<string, DataKeyRecord[]>(sessions.map((session) => [session, []]));
  for (const key of keys) found.get(key.sessionId)?.push(key);
  return sessions.map((session) => found.get(session) ?? []);
};
