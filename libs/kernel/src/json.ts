/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How many bytes a value takes as JSON text in UTF-8: exact for ASCII, else never too few. */
export const jsonBytes = (value: Json | object): number => {
  const text = JSON.stringify(value);
  return text.length + 2 * (text.match(/\P{ASCII}/gu)?.length ?? 0);
};

/** U+0000 and lone surrogates: legal in JSON text, refused by Postgres. */
export const isStorableText = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** The text with every character that Postgres refuses turned into U+FFFD. */
export const storableText = (text: string): string =>
  isStorableText(text) ? text : text.toWellFormed().replaceAll('\u0000', '\uFFFD');

interface Check {
  readonly depth: number;
  readonly storable: boolean;
}

/** Nesting is followed this far; a hostile text of brackets must not exhaust the stack. */
const DEEPEST = 512;

/**
 * How deep a value nests (a scalar is 0) and whether all its text, keys included, and its numbers can be stored:
 * `1e400` is legal in JSON text and read as Infinity. Counting ends at 513 levels: what lies deeper is not looked at
 * and counts as not storable.
 */
export const inspectJson = (value: unknown): Check => inspectTo(value, DEEPEST);

const inspectTo = (value: unknown, levels: number): Check => {
  if (typeof value === 'string') return { depth: 0, storable: isStorableText(value) };
  if (typeof value === 'number') return { depth: 0, storable: Number.isFinite(value) };
  if (typeof value !== 'object' || value === null) return { depth: 0, storable: true };
  if (levels === 0) return { depth: 1, storable: false };
  let depth = 0;
  let storable = true;
  for (const [key, item] of Object.entries(value)) {
    const inner = inspectTo(item, levels - 1);
    depth = Math.max(depth, inner.depth);
    storable &&= inner.storable && isStorableText(key);
  }
  return { depth: depth + 1, storable };
};

/** The same value with every character that Postgres refuses turned into U+FFFD, in keys too, Infinity into null. */
export const storableJson = <T>(value: T): T => {
  if (typeof value === 'string') return storableText(value) as T;
  if (typeof value === 'number') return (Number.isFinite(value) ? value : null) as T;
  if (Array.isArray(value)) return value.map(storableJson) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [storableText(key), storableJson(item)]),
  ) as T;
};
