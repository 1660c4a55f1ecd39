import { type BusMessage } from '@cordboard/bus';
import { isJsonObject, type JsonObject } from '@cordboard/kernel';
import { type Frame } from './splice.ts';

/** What an owner says of its session: an object event for the browser, or an internal one for us alone. */
export type LiveEvent =
  | { readonly kind: 'object'; readonly frame: Frame }
  | { readonly kind: 'internal'; readonly type: string; readonly data: JsonObject };

const INTERNAL = 'internal_';

const parsed = (text: string): JsonObject | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
};

const FRAME = '{"messageType":"objectEvent",';
const LONGEST_PLACE = 96;
/** What stands at the end of a frame without a context: the keys before the last brace are the frame's own. */
const PLACE = /,"sequence":(\d{1,15}),"previous":(null|\d{1,15}),"at":"[0-9TZ:.+-]+"\}$/;

/** The place of a frame as owners write it, found without reading the rest. */
const placeIn = (text: string): Pick<Frame, 'sequence' | 'previous'> | null => {
  const found = text.startsWith(FRAME) ? PLACE.exec(text.slice(-LONGEST_PLACE)) : null;
  if (found === null) return null;
  return { sequence: Number(found[1]), previous: found[2] === 'null' ? null : Number(found[2]) };
};

/** Reads a publication; null when it is none of ours or cannot be read. */
export const readLiveEvent = (message: BusMessage): LiveEvent | null => {
  const place = placeIn(message.body);
  return place === null ? readWhole(message) : { kind: 'object', frame: { ...place, text: message.body } };
};

const readWhole = ({ address, body }: BusMessage): LiveEvent | null => {
  const message = address?.kind === 'event' ? parsed(body) : null;
  if (message === null || address?.kind !== 'event') return null;
  if (address.event.startsWith(INTERNAL)) {
    const { data } = message;
    return {
      kind: 'internal',
      type: address.event.slice(INTERNAL.length),
      data: isJsonObject(data) ? data : {},
    };
  }
  const { sequence, previous } = message;
  if (typeof sequence !== 'number' || (previous !== null && typeof previous !== 'number')) return null;
  return { kind: 'object', frame: { sequence, previous, text: body } };
};
