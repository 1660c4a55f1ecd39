export { commandFromWire } from './agent/command-from-wire.ts';
export { wireNameOf } from './agent/command-names.ts';
export { contextOf } from './agent/context.ts';
export { answerFromCti } from './cti/answer-from-cti.ts';
export { factFromCti } from './cti/fact-from-cti.ts';
export { requestToCti } from './cti/request-to-cti.ts';
export { EVENT_SHAPES, type EventShape, HIGHEST_VERSION, isPassing } from './record/event-shapes.ts';
export { fromRecord, type StoredShape } from './record/from-record.ts';
export { type RecordShape, toRecord } from './record/to-record.ts';
