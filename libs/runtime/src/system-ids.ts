import { randomFillSync } from 'node:crypto';
import { type IdSource } from '@cordboard/kernel';

const ID_BYTES = 16;
/** Randomness is asked for in large pieces: a question costs as much as many ids. */
const pool = Buffer.alloc(256 * ID_BYTES);
let used = pool.length;

const freshBytes = (): Buffer => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  return pool.subarray(used - ID_BYTES, used);
};

/** A canonical lower-case UUIDv7 of the given time. */
const uuidAt = (at: number): string => {
  const bytes = freshBytes();
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Ids from the machine's clock, unless another time is given, and its source of randomness. */
export const systemIds: IdSource = { next: (at = Date.now()) => uuidAt(at) };
