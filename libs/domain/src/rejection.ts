/** Why an intent was refused: the failure codes of the agent protocol (A4) and of the WebSocket profile. */
export type RejectionCode =
  | 'SESSION_NOT_STARTED'
  | 'SESSION_ALREADY_STARTED'
  | 'SESSION_CLOSED'
  | 'SESSION_BOUND'
  | 'SESSION_TAKEN_OVER'
  | 'UNKNOWN_TARGET'
  | 'INVALID_DATA'
  | 'INVALID_STATE'
  | 'CHANNEL_NOT_ACTIVE'
  | 'CHANNEL_ALREADY_ACTIVE'
  | 'CHANNEL_ALREADY_INACTIVE'
  | 'CHANNEL_UNAVAILABLE'
  | 'ONGOING_INTERACTION'
  | 'CONVERSATIONS_ACTIVE'
  | 'NO_CONSULT'
  | 'NOT_SUPPORTED'
  | 'CTI_ERROR';

/** A refusal of the domain: a value, never thrown. `message` tells the agent or developer what to do. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
}
