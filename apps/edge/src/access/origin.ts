import { type IncomingHttpHeaders } from 'node:http';

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];

const urlOf = (text: string): URL | null => {
  try {
    return new URL(text);
  } catch {
    return null;
  }
};

/**
 * Whether a page at this Origin may speak to us. Browsers always send one; programs send none and are told by
 * their token alone. Without a configured list only pages that we serve ourselves may.
 */
export const isOriginAllowed = (
  { origin, host }: IncomingHttpHeaders,
  allowed: readonly string[],
): boolean => {
  if (origin === undefined) return true;
  if (allowed.length > 0) return allowed.includes(origin);
  return host !== undefined && urlOf(origin)?.host === host.toLowerCase();
};

/** Whether the Host asked for names this very machine; another name may have been bent to point here. */
export const isLoopbackHost = ({ host }: IncomingHttpHeaders): boolean =>
  LOOPBACK_NAMES.includes(urlOf(`http://${host ?? ''}`)?.hostname ?? '');

/** Whether the peer of a connection is this very machine. */
export const isLoopbackAddress = (address: string | undefined): boolean =>
  address !== undefined && /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/.test(address);
