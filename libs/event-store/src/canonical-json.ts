import { type Json, type JsonObject } from '@cordboard/kernel';

/** What needs an escape in JSON text; a lone surrogate does, and is left to `JSON.stringify` with its pair. */
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

const quoted = (text: string): string => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`);

const numeral = (value: number): string => {
  if (!Number.isFinite(value)) throw new Error(`${value} has no JSON form`);
  return String(value);
};

const list = (items: readonly (Json | undefined)[]): string => {
  let text = '';
  for (const item of items) text += `${text === '' ? '' : ','}${canonicalJson(item ?? null)}`;
  return `[${text}]`;
};

const members = (value: JsonObject): string => {
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item !== undefined) text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(item)}`;
  }
  return `{${text}}`;
};

/**
 * The canonical text of a JSON value (RFC 8785): keys in the order of their UTF-16 units, no spaces, numbers and
 * escapes as ECMAScript writes them. Keys without a value are left out. Raises on a number that JSON cannot say.
 */
export const canonicalJson = (value: Json | object): string => {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return numeral(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return Array.isArray(value) ? list(value) : members(value as JsonObject);
};
