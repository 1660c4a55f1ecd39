import { type IdSource } from '@cordboard/kernel';

const LAST_BYTES = '0000';

/** UUIDv7s in a fixed order; the last two bytes are left to what is derived from them. */
export const createIds = (now: () => number, family: number): IdSource => {
  let count = 0;
  return {
    next: (at = now()) => {
      count += 1;
      const time = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
      const own = `${(family & 0xff).toString(16).padStart(2, '0')}${count.toString(16).padStart(6, '0')}`;
      return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${own}${LAST_BYTES}`;
    },
  };
};
