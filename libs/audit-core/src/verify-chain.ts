import { chainHash, openingHead, type StoredEvent } from '@cordboard/event-store';
import { err, ok, type Result } from '@cordboard/kernel';

/** A chain that holds: how many rows it has and the hash of the last. */
export interface VerifiedChain {
  readonly events: number;
  readonly hash: Buffer;
}

/** The first row that does not fit, and why. */
export interface ChainBreak {
  readonly seq: number;
  readonly reason: string;
}

const faultOf = (row: StoredEvent, before: StoredEvent | undefined, hash: Buffer): string | null => {
  const expected = (before?.seq ?? 0) + 1;
  if (row.seq !== expected) return `sequence ${expected} is missing`;
  if (before !== undefined && row.sessionId !== before.sessionId) return 'the row is of another session';
  if (before !== undefined && row.tenant !== before.tenant) return 'the row is of another tenant';
  if (row.at < (before?.at ?? row.at)) return 'the time runs backwards';
  if (row.epoch < (before?.epoch ?? row.epoch)) return 'the epoch goes back';
  const sameLane = row.lane === before?.lane;
  if (sameLane && row.wpos <= before.wpos) return 'the order of the lane does not fit';
  return chainHash(hash, row).equals(row.hash) ? null : 'the hash does not fit the row';
};

/**
 * Checks a whole stream, first row first (design K16): no hole, one session, time and epoch never going back,
 * every hash right. Rows cut off at the end leave no trace in the chain itself; compare the count or last hash
 * with one kept elsewhere.
 */
export const verifyChain = (events: readonly StoredEvent[]): Result<VerifiedChain, ChainBreak> => {
  let { hash } = openingHead('', '');
  let before: StoredEvent | undefined;
  for (const row of events) {
    const reason = faultOf(row, before, hash);
    if (reason !== null) return err({ seq: row.seq, reason });
    hash = row.hash;
    before = row;
  }
  return ok({ events: events.length, hash });
};
