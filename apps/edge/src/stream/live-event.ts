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

/** Reads a publication; null when it is none of ours or cannot be read. */
export const readLiveEvent = ({ address, body }: BusMessage): LiveEvent | null => {
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
