import { type FailureCode } from './failure-code.ts';

/** What each failure means and what to do about it, for whoever reads it: the developer or the agent. */
export const FAILURE_ADVICE: Readonly<Record<FailureCode, string>> = {
  SESSION_NOT_STARTED: 'The session is not started. Send session.start and wait for its answer first.',
  SESSION_ALREADY_STARTED: 'The session is started already. Go on with it.',
  SESSION_CLOSED: 'The session has ended. Send prepareSession to begin a new one.',
  UNKNOWN_COMMAND: 'There is no such command. Names are case-sensitive; see the catalogue of commands.',
  MALFORMED_REQUEST: 'The request cannot be read. Send one JSON object with command, target and data.',
  INVALID_TARGET: 'The target does not fit the command. Use the path that the events of the object carry.',
  UNKNOWN_TARGET: 'There is no such object in this session. It may be gone; follow the events.',
  INVALID_DATA: 'The data does not fit the command. Correct the field named and send it again.',
  INVALID_STATE: 'The object does not allow this now. See the capabilities of its last state.updated.',
  CHANNEL_NOT_ACTIVE: 'The channel is not active. Send channel.request.activate first.',
  CHANNEL_ALREADY_ACTIVE: 'The channel is active already. Go on with it.',
  CHANNEL_ALREADY_INACTIVE: 'The channel is inactive already.',
  CHANNEL_UNAVAILABLE: 'Another agent is logged in on the channel. Wait until it is free.',
  ONGOING_INTERACTION: 'An interaction is still going on. Finish it first.',
  CONVERSATIONS_ACTIVE: 'A conversation is still live. Release it first.',
  NO_CONSULT: 'There is no connected consult call. Start one and wait until it is answered.',
  NOT_SUPPORTED: 'This is not supported here.',
  CTI_ERROR: 'The phone system refused or failed. Try again, or ask your administrator.',
  SESSION_BOUND: 'Another client is bound to the session. Bind with takeover true to replace it.',
  SESSION_TAKEN_OVER:
    'This client is not bound to the session any more. Bind it again before sending commands.',
  REQUEST_ID_REUSED: 'The requestId was used for another command. Use a fresh one for each command.',
  FORBIDDEN: 'The token does not allow this.',
  TOO_MANY_REQUESTS: 'Too many commands wait for their answers. Wait for some of them, then send this again.',
  SERVICE_UNAVAILABLE: 'The service cannot answer right now. Send the same request again in a moment.',
};
