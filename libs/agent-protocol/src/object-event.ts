import { type JsonObject } from '@cordboard/kernel';
import { type ObjectEvent } from './envelope.ts';

/** A stored event with a wire form; `at` in ms since the epoch. */
export interface WireEvent {
  /** Dotted path. */
  readonly target: string;
  readonly name: string;
  readonly data: JsonObject;
  readonly sequence: number;
  readonly previous: number | null;
  readonly at: number;
  readonly context?: JsonObject | undefined;
}

/** An object event as the browser gets it: the one serialisation, for live and for replayed events. */
export const objectEventFrame = ({
  target,
  name,
  data,
  sequence,
  previous,
  at,
  context,
}: WireEvent): string =>
  JSON.stringify({
    messageType: 'objectEvent',
    target,
    name,
    data,
    sequence,
    previous,
    at: new Date(at).toISOString(),
    ...(context === undefined ? {} : { context }),
  } satisfies ObjectEvent);
