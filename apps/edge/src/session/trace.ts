import { randomUUID } from 'node:crypto';

const SPAN_DIGITS = 16;
const hexadecimal = (): string => randomUUID().replaceAll('-', '');

/** A new W3C trace parent; every command begins a trace of its own. */
// Ids come from randomness that is fetched for many at once; asking for some bytes each time is slow.
export const newTrace = (): string => `00-${hexadecimal()}-${hexadecimal().slice(-SPAN_DIGITS)}-01`;
