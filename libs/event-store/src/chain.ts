import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { type Head } from './chronicle.ts';
import { type EventRecord } from './record.ts';

const NOTHING = Buffer.alloc(32);

/** A record before its link is made. */
export type Unchained = Omit<EventRecord, 'hash' | 'follows'>;

/**
 * The link of a record to the one before it (design K16): sha256 over the previous hash (32 zero bytes at
 * first) and the canonical JSON (RFC 8785) of its columns; `lane` and `wpos` stay outside.
 */
export const chainHash = (previous: Buffer, record: Unchained): Buffer => {
  const columns = [
    record.sessionId,
    record.seq,
    record.epoch,
    record.tenant,
    record.type,
    record.version,
    record.target,
    new Date(record.at).toISOString(),
    record.data,
    record.meta,
    record.pii?.toString('base64') ?? null,
    record.keyId,
  ];
  // Small buffers made on the way would come from the pool that those kept for long share, and hold it.
  return createHash('sha256').update(previous).update(canonicalJson(columns)).digest();
};

/** The head of a stream before its first record. */
export const openingHead = (sessionId: string, tenant: string): Head => ({
  sessionId,
  tenant,
  seq: 0,
  epoch: 0,
  wireSeq: null,
  at: 0,
  hash: NOTHING,
});

/** The head after one more record. */
export const advance = (head: Head, record: EventRecord): Head => ({
  sessionId: head.sessionId,
  tenant: head.tenant,
  seq: record.seq,
  epoch: record.epoch,
  wireSeq: record.name === null ? head.wireSeq : record.seq,
  at: record.at,
  hash: record.hash,
});
