import { isSessionId, isStorableText } from '@cordboard/kernel';
import { type Append } from './event-store.ts';
import { type EventRecord } from './record.ts';

const hasStorableText = ({ tenant, type, target, name }: EventRecord): boolean =>
  isStorableText(tenant) && isStorableText(type) && isStorableText(target) && isStorableText(name ?? '');

/** What is wrong with an append that no store can take, or null. */
export const appendFault = ({ sessionId, records }: Append): string | null => {
  const first = records[0];
  if (!isSessionId(sessionId)) return 'the session id is not a canonical UUIDv7';
  if (first === undefined) return 'an append holds at least one record';
  if (!records.every((record) => record.sessionId === sessionId)) return 'a record is of another session';
  if (!records.every(hasStorableText)) return 'text that cannot be stored';
  if (first.seq > 1 && first.follows === undefined) return 'the first record does not say what it follows';
  const consecutive = records.every((record, index) => record.seq === first.seq + index);
  return consecutive && first.seq >= 1 ? null : 'sequences are not consecutive';
};
