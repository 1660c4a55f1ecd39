import { randomBytes } from 'node:crypto';

/**
 * A canonical lower-case UUIDv7 of the given time. The time is the database's: session ids decide on
 * partitions, and workers' clocks may differ.
 */
export const sessionIdAt = (at: number): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
