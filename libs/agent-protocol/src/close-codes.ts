/** Why the service closed a WebSocket, and whether the client should come back by itself. */
interface CloseCode {
  readonly code: number;
  /** Sent as the reason of the close frame. */
  readonly reason: string;
  /** `resume`: connect again and bind with the last sequence; `token`: the same with a new token; `stay`: do not. */
  readonly then: 'resume' | 'token' | 'stay';
}

/** Close codes 4000 to 4999 of the WebSocket profile. */
export const CLOSE_CODES = {
  /** Another client bound the session with `takeover`. */
  takenOver: { code: 4001, reason: 'session taken over by another client', then: 'stay' },
  /** More than `MAX_OUTGOING_BYTES` wait to be sent. */
  tooSlow: { code: 4008, reason: 'client reads too slowly', then: 'resume' },
  /** A binary frame. */
  notText: { code: 4400, reason: 'text frames only', then: 'stay' },
  /** The token ended and was not renewed. */
  tokenEnded: { code: 4401, reason: 'token ended', then: 'token' },
  /** The renewed token is not for this agent, tenant or audience. */
  forbidden: { code: 4403, reason: 'token is not for this connection', then: 'stay' },
  /** No message and no pong for `SILENT_CLIENT_MS`. */
  silent: { code: 4408, reason: 'no sign of life', then: 'resume' },
  /** The agent's session was ended by a prepareSession with `override`. */
  overridden: { code: 4409, reason: 'session ended by a newer one', then: 'stay' },
  /** More commands than `COMMANDS_PER_SECOND` and `COMMAND_BURST` allow. */
  flood: { code: 4429, reason: 'too many commands', then: 'resume' },
  /** The service cannot go on right now. */
  unavailable: { code: 4503, reason: 'service unavailable', then: 'resume' },
} as const satisfies Readonly<Record<string, CloseCode>>;
