import { type IdSource } from '@cordboard/kernel';

const LAST_BYTES = '0000';

/**
 * Canonical UUIDv7s that are the same in every run: each a millisecond after the one before. The last two
 * bytes are zero, so that ids derived from them stay apart. `family` tells two sources apart; `startAt` is the
 * time in the first id: give the present to store them, the log has partitions around it only.
 */
export const sequentialIds = ({
  family = 0,
  startAt = Date.UTC(2026, 0, 1),
}: { readonly family?: number; readonly startAt?: number } = {}): IdSource => {
  let count = 0;
  return {
    next: () => {
      count += 1;
      const time = (startAt + count).toString(16).padStart(12, '0');
      const own = family.toString(16).padStart(8, '0');
      return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${own}${LAST_BYTES}`;
    },
  };
};
