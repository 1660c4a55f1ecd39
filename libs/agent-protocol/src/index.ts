export { type Failure, type Heartbeat, type ObjectEvent, type Request, type Response } from './envelope.ts';
export { FAILURE_CODES, type FailureCode } from './failure-code.ts';
