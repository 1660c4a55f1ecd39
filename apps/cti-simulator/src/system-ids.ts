import { randomBytes } from 'node:crypto';
import { type IdSource } from '@cordboard/kernel';

const uuidV7 = (now: number): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** Ids from the machine's clock and its source of randomness. */
export const systemIds: IdSource = { next: () => uuidV7(Date.now()) };
