/**
 * Why a client is finished for good. `taken-over`: another client bound the session. `session-ended`: it was
 * logged out, overridden or ended by the switch. `token-ended`: no newer token was to be had. `refused`: the
 * server will not let this client bind. `closed`: `close()` was called.
 */
export type EndReason = 'taken-over' | 'session-ended' | 'token-ended' | 'refused' | 'closed';

/** What the connection is doing, for a status light and a log line. */
export type ConnectionStatus =
  | { readonly kind: 'connected' }
  | { readonly kind: 'waiting'; readonly retryInMs: number; readonly reason: string }
  | { readonly kind: 'bound'; readonly session: string; readonly mode: 'resumed' | 'reset' }
  | { readonly kind: 'ended'; readonly reason: EndReason; readonly message: string };
