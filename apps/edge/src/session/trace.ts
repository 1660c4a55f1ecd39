import { randomBytes } from 'node:crypto';

/** A new W3C trace parent; every command begins a trace of its own. */
export const newTrace = (): string =>
  `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
