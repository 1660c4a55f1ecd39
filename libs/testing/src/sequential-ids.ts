import { type IdSource } from '@cordboard/kernel';

const EPOCH_MS = Date.UTC(2026, 0, 1);
const LAST_BYTES = '0000';

/**
 * Canonical UUIDv7s that are the same in every run: each a millisecond after the one before. The last two
 * bytes are zero, so that ids derived from them stay apart.
 */
export const sequentialIds = (family = 0): IdSource => {
  let count = 0;
  return {
    next: () => {
      count += 1;
      const time = (EPOCH_MS + count).toString(16).padStart(12, '0');
      const own = family.toString(16).padStart(8, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${own}${LAST_BYTES}`;
    },
  };
};
