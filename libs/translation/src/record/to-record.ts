import { type EventName } from '@cordboard/agent-protocol';
import {
  type EventType,
  personalPaths,
  type SessionEvent,
  type SessionState,
  subjectsOf,
} from '@cordboard/domain';
import { formatTarget, type JsonObject, type Target, targetKind } from '@cordboard/kernel';
import { capabilitiesOf } from '../agent/capabilities.ts';
import { EVENT_SHAPES } from './event-shapes.ts';
import { storedPart } from './stored-part.ts';

/** An event as it goes into the log, in clear; see `Draft` of the event store. */
export interface RecordShape {
  readonly type: EventType;
  readonly version: number;
  /** Dotted path. */
  readonly target: string;
  /** Name of the object event, null for a row without a wire form. */
  readonly name: EventName | null;
  readonly data: JsonObject;
  /** Dotted paths into `data` of what is personal. */
  readonly personal: readonly string[];
  /** Numbers and addresses of the persons it speaks of. */
  readonly subjects: readonly string[];
}

/** Data of every type says what JSON can say; their interfaces merely lack the index signature. */
const dataOf = (event: SessionEvent): JsonObject => storedPart(event) as unknown as JsonObject;

const isStandAlone = (target: Target): boolean =>
  target.channelgroup === undefined && targetKind(target) !== 'session';

/** An internal row; of an object outside groups it says which kind it is about, since the path alone does not. */
const kept = ({ type, target }: SessionEvent, data: JsonObject): JsonObject =>
  EVENT_SHAPES[type].on === 'any' && isStandAlone(target) ? { ...data, on: targetKind(target) } : data;

/** What `state.updated` carries beside the change itself (agent protocol C row 16). */
const rendered = (event: SessionEvent, after: SessionState): JsonObject => ({
  objectType: targetKind(event.target),
  ...dataOf(event),
  capabilities: capabilitiesOf(after, event.target),
});

/**
 * The row for an event; `after` is the state with the event folded in. An event with a wire form carries the
 * data exactly as agents get it; a silent one or an internal one has no name and only its own data, less what
 * is passed on and never kept.
 */
export const toRecord = (event: SessionEvent, after: SessionState): RecordShape => {
  const { name, version } = EVENT_SHAPES[event.type];
  const shown = event.silent === true ? null : name;
  return {
    type: event.type,
    version,
    target: formatTarget(event.target),
    name: shown,
    data: shown === 'state.updated' ? rendered(event, after) : kept(event, dataOf(event)),
    personal: personalPaths(event.type),
    subjects: subjectsOf(event),
  };
};
