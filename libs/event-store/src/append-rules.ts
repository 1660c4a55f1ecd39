import { isSessionId } from '@cordboard/kernel';
import { type Append } from './event-store.ts';

/** What is wrong with an append that no store can take, or null. */
export const appendFault = ({ sessionId, records }: Append): string | null => {
  const first = records[0];
  if (!isSessionId(sessionId)) return 'the session id is not a canonical UUIDv7';
  if (first === undefined) return 'an append holds at least one record';
  if (!records.every((record) => record.sessionId === sessionId)) return 'a record is of another session';
  const consecutive = records.every((record, index) => record.seq === first.seq + index);
  return consecutive && first.seq >= 1 ? null : 'sequences are not consecutive';
};
