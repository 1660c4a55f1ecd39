import { isSessionId, isStorableText } from '@cordboard/kernel';
import { type Append } from './event-store.ts';
import { type EventRecord } from './record.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The furthest moment that a `Date` can name, either way. */
const LAST_MS = 8.64e15;

const hasStorableText = ({ tenant, type, target, name }: EventRecord): boolean =>
  isStorableText(tenant) && isStorableText(type) && isStorableText(target) && isStorableText(name ?? '');

const isInt32 = (value: number): boolean => (value | 0) === value;

const isInt16 = (value: number): boolean => (value << 16) >> 16 === value;

const recordFault = (record: EventRecord): string | null => {
  const { seq, epoch, version, at, keyId } = record;
  if (!hasStorableText(record)) return 'text that cannot be stored';
  if (!isInt32(seq) || !isInt32(epoch)) return 'sequence or epoch is no integer of 32 bits';
  if (!isInt16(version)) return 'the version is no integer of 16 bits';
  if (!(Math.abs(at) <= LAST_MS)) return 'the time is none';
  return keyId === null || UUID.test(keyId) ? null : 'the key id is not a UUID';
};

/** What is wrong with an append that no store can take, or null. */
export const appendFault = ({ sessionId, records }: Append): string | null => {
  const first = records[0];
  if (!isSessionId(sessionId)) return 'the session id is not a canonical UUIDv7';
  if (first === undefined) return 'an append holds at least one record';
  if (first.seq < 1) return 'sequences begin with 1';
  if (first.seq > 1 && first.follows === undefined) return 'the first record does not say what it follows';
  let seq = first.seq;
  for (const record of records) {
    if (record.sessionId !== sessionId) return 'a record is of another session';
    if (record.seq !== seq) return 'sequences are not consecutive';
    const fault = recordFault(record);
    if (fault !== null) return fault;
    seq += 1;
  }
  return null;
};
