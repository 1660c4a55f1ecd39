export { type CtiHeader, type CtiMessage, type CtiMessageType, type ProcessorStatus } from './message.ts';
