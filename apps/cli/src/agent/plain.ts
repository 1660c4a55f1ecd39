import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';

// Words of whatever came over the wire: nothing here fails, whatever is missing.

export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

export const objectsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

/** Joins what is not empty with blanks. */
export const words = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join(' ');

/** Time of day of a moment in ms since the epoch, as events show theirs. */
export const timeOf = (ms: number): string =>
  Number.isFinite(new Date(ms).valueOf()) ? new Date(ms).toISOString().slice(11, 19) : '';
