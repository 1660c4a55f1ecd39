import { randomUUID } from 'node:crypto';

const SPAN_DIGITS = 16;

/** A new W3C trace parent; every command begins a trace of its own. */
// Ids come from randomness that is fetched for many at once; asking for some bytes each time is slow.
export const newTrace = (): string => {
  const trace = randomUUID().replaceAll('-', '');
  return `00-${trace}-${trace.slice(-SPAN_DIGITS)}-01`;
};
