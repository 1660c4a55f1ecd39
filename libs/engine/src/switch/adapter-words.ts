import { type BusMessage } from '@cordboard/bus';
import { CAPABILITY_KEYS, checkBody, parseCtiMessage } from '@cordboard/cti-protocol';
import { isId, isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';

/** What an adapter instance says of itself. */
export interface AdapterWord {
  readonly instance: string;
  readonly incarnation: string;
  readonly status: string;
  readonly sessions: number;
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const wordOf = (body: JsonObject): AdapterWord | null =>
  isId(body.instance)
    ? {
        instance: body.instance,
        incarnation: text(body.incarnation),
        status: text(body.status),
        sessions: typeof body.sessions === 'number' ? body.sessions : 0,
      }
    : null;

/** Null when nobody can tell whose status it is. */
export const readStatus = ({ body }: BusMessage): AdapterWord | null => {
  const read = parseCtiMessage(body);
  return read.ok && checkBody(read.value.message).ok ? wordOf(read.value.message.body) : null;
};

/** Null when nobody can tell who says hello. */
export const readHello = ({ body }: BusMessage): AdapterWord | null => {
  try {
    const value: unknown = JSON.parse(body);
    return isJsonObject(value) ? wordOf(value) : null;
  } catch {
    return null;
  }
};

/** What we know a meaning of; the rest is kept nowhere. */
export const capabilitiesIn = (body: JsonObject): JsonObject =>
  Object.fromEntries(
    CAPABILITY_KEYS.filter((key) => Object.hasOwn(body, key) && typeof body[key] === 'boolean').map((key) => [
      key,
      body[key],
    ]),
  );
