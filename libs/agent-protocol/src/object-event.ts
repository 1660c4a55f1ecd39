import { type JsonObject } from '@cordboard/kernel';

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

/** An object event as the browser gets it. */
export const objectEventFrame = ({ data, ...event }: WireEvent): string =>
  storedEventFrame({ ...event, data: JSON.stringify(data) });

/** The same of an event whose data is JSON text already, as the log has it. */
export const storedEventFrame = ({
  target,
  name,
  data,
  sequence,
  previous,
  at,
  context,
}: Omit<WireEvent, 'data'> & { readonly data: string }): string => {
  const head = `"messageType":"objectEvent","target":${JSON.stringify(target)},"name":${JSON.stringify(name)}`;
  const place = `"sequence":${sequence},"previous":${previous},"at":"${new Date(at).toISOString()}"`;
  const tail = context === undefined ? '' : `,"context":${JSON.stringify(context)}`;
  return `{${head},"data":${data},${place}${tail}}`;
};
