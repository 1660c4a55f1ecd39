import { randomBytes } from 'node:crypto';
import { type Append, type EventRecord } from '@cordboard/event-store';
import { type Step } from './recorded-call.ts';

/** A session that has the recorded call again and again; gives what its owner would append next. */
export interface BenchSession {
  readonly id: string;
  /** Rows given so far. */
  readonly length: () => number;
  readonly next: () => Append;
}

/** A UUIDv7 of now. */
export const newSessionId = (): string => {
  const hex = Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  const tail = `7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${tail}`;
};

const HASH_BYTES = 32;
/** Hashes are cut out of it, each at another place: made, they would be the work of the one who decides. */
const NOISE = randomBytes(1 << 20);
let noiseUsed = 0;
const someHash = (): Buffer => {
  noiseUsed = (noiseUsed + 7) % (NOISE.length - HASH_BYTES);
  return NOISE.subarray(noiseUsed, noiseUsed + HASH_BYTES);
};

const RECORDED_ID_LENGTH = 36;

/** Rows are alike in every byte but their session, its place in the target, and the hash. Data keys are left out. */
const newSession = (call: readonly Step[]): BenchSession => {
  const id = newSessionId();
  const targets = call.map((step) => step.map(({ target }) => id + target.slice(RECORDED_ID_LENGTH)));
  let seq = 0;
  let turn = -1;
  let follows: Buffer | undefined;
  // Written out: copying the rest of an object costs more than all else that is done here.
  const retold = (row: EventRecord, target: string): EventRecord => {
    const before = follows;
    follows = someHash();
    return {
      sessionId: id,
      seq: (seq += 1),
      epoch: row.epoch,
      tenant: row.tenant,
      type: row.type,
      version: row.version,
      target,
      at: row.at,
      name: row.name,
      data: row.data,
      pii: row.pii,
      keyId: row.keyId,
      meta: row.meta,
      hash: follows,
      follows: before,
    };
  };
  return {
    id,
    length: () => seq,
    next: () => {
      turn = (turn + 1) % call.length;
      const records = (call[turn] ?? []).map((row, n) => retold(row, targets[turn]?.[n] ?? id));
      return { sessionId: id, records, keys: [], subjects: [] };
    },
  };
};

export const newSessions = (call: readonly Step[], count: number): readonly BenchSession[] =>
  Array.from({ length: count }, () => newSession(call));
