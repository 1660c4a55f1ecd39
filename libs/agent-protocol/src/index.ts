export { type CommandName, commandRow, COMMANDS, normaliseCommand } from './catalogue/commands.ts';
export { type EventName, EVENTS, normaliseEvent } from './catalogue/events.ts';
export { SERVICE_COMMANDS, type ServiceCommandName } from './catalogue/service-commands.ts';
export { CLOSE_CODES } from './close-codes.ts';
export { type CommandData, type CommandWithData, hasData, readCommandData } from './data/command-data.ts';
export {
  type Failure,
  type FailureResponse,
  type Heartbeat,
  type ObjectEvent,
  type Request,
  type Response,
} from './envelope.ts';
export { FAILURE_ADVICE } from './failure-advice.ts';
export { FAILURE_CODES, type FailureCode } from './failure-code.ts';
export {
  COMMAND_BURST,
  COMMANDS_PER_SECOND,
  HEARTBEAT_MS,
  MAX_FRAME_BYTES,
  MAX_JSON_DEPTH,
  MAX_OBSERVED_PATTERNS,
  MAX_OUTGOING_BYTES,
  MAX_UNANSWERED,
  SILENT_CLIENT_MS,
} from './limits.ts';
export { objectEventFrame, storedEventFrame, type WireEvent } from './object-event.ts';
export { parseRequest } from './parse-request.ts';
export { type ParsedRequest, type ServiceRequest, type SessionRequest } from './parsed-request.ts';
export {
  type Asked,
  confirmResponse,
  failureResponse,
  needInfoResponse,
  successResponse,
} from './responses.ts';
export { omitSecrets } from './secrets.ts';
