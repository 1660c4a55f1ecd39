import { type InteractionData, type Member } from '@cordboard/domain';
import { type Json, type JsonObject } from '@cordboard/kernel';

/** Attached data beyond these bounds is cut: items, and characters of one value or text. */
const MAX_DATA_ITEMS = 128;
const MAX_TEXT_LENGTH = 4_096;
const MAX_MEMBERS = 128;

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
): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    Object.entries(data)
      .slice(0, MAX_DATA_ITEMS)
      .map(([key, value]) => [key.slice(0, 256).toWellFormed(), map(value)]),
  );

/** Attached data as an init answer gives it; items that are null are not there. */
export const interactionData = (data: JsonObject): InteractionData => {
  const items = Object.entries(data).filter(([, value]) => value !== null && value !== undefined);
  return mapItems(Object.fromEntries(items), (value) => itemOf(value ?? ''));
};

/** Changes to attached data; null takes an item away. */
export const dataChanges = (data: JsonObject): Readonly<Record<string, Item | null>> =>
  mapItems(data, (value) => (value === null || value === undefined ? null : itemOf(value)));

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
