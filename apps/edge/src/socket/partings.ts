import { CLOSE_CODES } from '@cordboard/agent-protocol';
import { type Parting } from '../session/bound-session.ts';

interface Close {
  readonly code: number;
  readonly reason: string;
  /** The browser may close by itself first, in ms. */
  readonly graceMs: number;
}

const NORMAL = 1000;
/** After a logout the browser has its answer and this much time to close the connection itself. */
const ENDED_GRACE_MS = 1_000;

const closing = ({ code, reason }: { readonly code: number; readonly reason: string }): Close => ({
  code,
  reason,
  graceMs: 0,
});

/** How a socket is closed once it has its session no more. A browser whose hold merely lapsed may come back. */
export const CLOSINGS: Readonly<Record<Parting, Close>> = {
  'same-client': { code: NORMAL, reason: 'replaced by a newer connection of this client', graceMs: 0 },
  'taken-over': closing(CLOSE_CODES.takenOver),
  lapsed: closing(CLOSE_CODES.unavailable),
  overridden: closing(CLOSE_CODES.overridden),
  ended: { code: NORMAL, reason: 'the session has ended', graceMs: ENDED_GRACE_MS },
  'stream-broken': closing(CLOSE_CODES.unavailable),
};
