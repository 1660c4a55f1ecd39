import { CLOSE_CODES, type FailureCode } from '@cordboard/agent-protocol';
import { type CloseMeaning } from './link.ts';
import { type EndReason } from './status.ts';

const NORMAL_CLOSE = 1000;
/** The edge stops; others serve. */
const GOING_AWAY = 1001;
const STAYS: Readonly<Record<number, EndReason>> = {
  // The server closes normally when the session is over, or when this client's own next socket has it.
  [NORMAL_CLOSE]: 'session-ended',
  [CLOSE_CODES.takenOver.code]: 'taken-over',
  [CLOSE_CODES.overridden.code]: 'session-ended',
};

/** What to do after a socket was closed with `code`. */
export const meaningOfClose = (code: number): CloseMeaning => {
  if (code === GOING_AWAY) return 'move';
  const known = Object.values(CLOSE_CODES).find((row) => row.code === code);
  if (known?.then === 'token') return 'renew';
  return STAYS[code] ?? (known?.then === 'stay' ? 'refused' : 'retry');
};

const ENDS: Partial<Readonly<Record<FailureCode, EndReason>>> = {
  SESSION_BOUND: 'taken-over',
  SESSION_TAKEN_OVER: 'taken-over',
  SESSION_CLOSED: 'session-ended',
  UNKNOWN_TARGET: 'session-ended',
  FORBIDDEN: 'refused',
  INVALID_TARGET: 'refused',
};

/** What to do when the session could not be bound again. */
export const meaningOfFailure = (code: FailureCode): 'retry' | EndReason => ENDS[code] ?? 'retry';
