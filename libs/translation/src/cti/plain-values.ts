import { type InteractionData, type Member } from '@cordboard/domain';
import { type Json, jsonBytes, type JsonObject } from '@cordboard/kernel';

/** Attached data beyond these bounds is cut: items, bytes of all, and characters of one value or text. */
const MAX_DATA_ITEMS = 128;
/** A reading names all that a session may hold: what it lacked would count as taken away. */
const MAX_READ_ITEMS = 512;
const MAX_DATA_BYTES = 128 * 1_024;
const MAX_TEXT_LENGTH = 4_096;
const MAX_MEMBERS = 256;

/** What the switch tells at once goes on as one message to a browser, which may have 1 MiB under way. */
export const MAX_TOLD_BYTES = 768 * 1_024;

const isGroup = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Numbers and booleans as their text, what nests deeper than the protocol knows as JSON text (bridge F-27). */
const asText = (value: Json): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_TEXT_LENGTH).toWellFormed();

type Item = InteractionData[string];

const itemOf = (value: Json): Item =>
  isGroup(value) ? mapItems(value, (inner) => asText(inner ?? '')) : asText(value);

const mapItems = <Value>(
  data: JsonObject,
  map: (value: Json | undefined) => Value,
  most = MAX_DATA_ITEMS,
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(data)
      .slice(0, most)
      .map(([key, value]) => [key.slice(0, 256).toWellFormed(), map(value)]),
  );

/** The items, in order, that find room together. */
const withRoom = <Value extends Item | null>(
  data: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> => {
  let room = MAX_DATA_BYTES - 2;
  const fits = ([key, value]: readonly [string, Value]): boolean => {
    const bytes = jsonBytes({ [key]: value });
    if (bytes > room) return false;
    room -= bytes;
    return true;
  };
  return Object.fromEntries(Object.entries(data).filter(fits));
};

/** Attached data as an init answer gives it; items that are null are not there. */
export const interactionData = (data: JsonObject): InteractionData => {
  const items = Object.entries(data).filter(([, value]) => value !== null && value !== undefined);
  return withRoom(mapItems(Object.fromEntries(items), (value) => itemOf(value ?? ''), MAX_READ_ITEMS));
};

/** Changes to attached data; null takes an item away. */
export const dataChanges = (data: JsonObject): Readonly<Record<string, Item | null>> =>
  withRoom(mapItems(data, (value) => (value === null || value === undefined ? null : itemOf(value))));

/** Readable text, cut to what is worth keeping. */
export const prose = (text: string): string => text.slice(0, MAX_TEXT_LENGTH).toWellFormed();

/** A party; a blank name says nothing. */
export const memberOf = (number: string, name: string | undefined): Member =>
  name === undefined || name === '' ? { number } : { number, name: prose(name) };

/** Parties by number: a number listed twice is one party (bridge F-21). */
export const membersOf = (
  parties: readonly { readonly number: string; readonly name?: string | undefined }[],
): readonly Member[] => {
  const byNumber = new Map(parties.map(({ number, name }) => [number, memberOf(number, name)]));
  return [...byNumber.values()].slice(0, MAX_MEMBERS);
};
