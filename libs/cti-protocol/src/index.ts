export { answerFailure, answersTo, answerSuccess } from './answers.ts';
export { checkBody, readAnswer, readEvent, readQuestion, trimBody } from './body/read-body.ts';
export { capability, CAPABILITY_KEYS, type CapabilityKey } from './capabilities.ts';
export {
  type EventName,
  type MessageName,
  messageRow,
  MESSAGES,
  type QuestionName,
} from './catalogue/messages.ts';
export { controlProcessor, controlTarget } from './control-target.ts';
export { encodeFrame } from './frame/encode-frame.ts';
export { createFrameReader, type FrameIn, type FrameLimits, type FrameReader } from './frame/frame-reader.ts';
export { readHead } from './frame/read-head.ts';
export { type CtiHeader, type CtiMessage, type CtiMessageType, type ProcessorStatus } from './message.ts';
export { MAX_MESSAGE_BYTES, MAX_MESSAGE_DEPTH, parseCtiMessage, type ReadMessage } from './parse-message.ts';
export {
  AGENT_STATUSES,
  CHANNEL_STATES,
  CHANNEL_TYPES,
  CONVERSATION_STATES,
  INTERACTION_STATES,
  PROCESSOR_STATUSES,
} from './words.ts';
