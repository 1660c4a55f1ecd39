import { randomBytes } from 'node:crypto';
import { type IdSource } from '@cordboard/kernel';

/** A canonical lower-case UUIDv7 of the given time. */
const uuidAt = (at: number): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Ids from the machine's clock, unless another time is given, and its source of randomness. */
export const systemIds: IdSource = { next: (at = Date.now()) => uuidAt(at) };
