import { type Json, type JsonObject, isJsonObject } from '@cordboard/kernel';

/** Absent, null and empty text all mean "not given". */
export const given = (value: Json | undefined): Json | undefined =>
  value === null || value === '' ? undefined : value;

/** Codes are documented as text and often sent as numbers (agent protocol E21). */
export const textOrNumber = (value: Json | undefined): Json | undefined =>
  typeof value === 'number' ? String(value) : given(value);

/** A list of names, sent as text or as an array (agent protocol E21); goes on as text, parted by commas. */
export const textOrList = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? given(value.join(','))
    : textOrNumber(value);

export const trimmed = (value: Json | undefined): Json | undefined =>
  typeof value === 'string' ? value.trim() : value;

/** A switch of the client; what is not given is off. */
export const flag = (value: Json | undefined): Json => given(value) ?? false;

/** Values of interaction data are text; numbers and booleans are taken as theirs. Empty text stays. */
export const textOfScalar = (value: Json | undefined): Json | undefined =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : (value ?? undefined);

/** An instance of a data class with the values that were received, whatever they are; validation follows. */
export const filled = <Data extends object>(
  data: Data,
  received: { readonly [Key in keyof Data]: unknown },
): Data => Object.assign(data, received);

/** The same for a nested object; what is no object stays as it is and fails validation. */
export const filledFrom = (
  value: Json | undefined,
  fill: (received: JsonObject) => object,
): object | Json | undefined => (isJsonObject(value) ? fill(value) : (value ?? undefined));
