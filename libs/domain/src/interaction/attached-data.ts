import { jsonBytes } from '@cordboard/kernel';
import { LIMITS } from '../limits.ts';
import { type InteractionData } from '../values.ts';

type Value = InteractionData[string];
type Changes = Readonly<Record<string, Value | null>>;

const sameValue = (one: Value | undefined, other: Value): boolean =>
  typeof one !== 'object' || typeof other !== 'object'
    ? one === other
    : Object.keys(one).length === Object.keys(other).length &&
      Object.entries(other).every(([key, text]) => one[key] === text);

const itemBytes = (key: string, value: Value | undefined): number =>
  value === undefined ? 0 : jsonBytes({ [key]: value });

/** The data with the changes that find room in it, and their keys; null takes a key away. */
export const mergedData = (
  data: InteractionData,
  changes: Changes,
): { readonly interactionData: InteractionData; readonly changed: readonly string[] } => {
  const merged = new Map(Object.entries(data));
  const changed: string[] = [];
  let bytes = jsonBytes(data);
  for (const [key, value] of Object.entries(changes)) {
    const before = merged.get(key);
    const after = bytes + itemBytes(key, value ?? undefined) - itemBytes(key, before);
    if (value === null) {
      if (!merged.delete(key)) continue;
    } else {
      const room = after <= LIMITS.dataBytes && (before !== undefined || merged.size < LIMITS.dataKeys);
      if (!room || sameValue(before, value)) continue;
      merged.set(key, value);
    }
    bytes = after;
    changed.push(key);
  }
  return { interactionData: Object.fromEntries(merged), changed };
};

/** Whether attached data has room for that value under that key. */
export const hasRoom = (data: InteractionData, key: string, value: Value): boolean => {
  const known = Object.hasOwn(data, key);
  const bytes = jsonBytes(data) + itemBytes(key, value) - (known ? itemBytes(key, data[key]) : 0);
  return bytes <= LIMITS.dataBytes && (known || Object.keys(data).length < LIMITS.dataKeys);
};
