import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';

const without = (object: JsonObject, secret: string): JsonObject =>
  Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => key !== secret)
      .map(([key, value]) => [key, omit(value, secret)]),
  );

const omit = (value: Json | undefined, secret: string): Json | undefined => {
  if (Array.isArray(value)) return value.map((item: Json) => omit(item, secret) ?? null);
  return isJsonObject(value) ? without(value, secret) : value;
};

/**
 * The request as it was received, less its secrets: every key `password`, and `data.token`. This is what
 * `original` carries and what travels between the processes. The request nests 16 levels at most.
 */
export const omitSecrets = (request: JsonObject): JsonObject => {
  const open = without(request, 'password');
  if (!isJsonObject(open.data)) return open;
  const { token: _token, ...data } = open.data;
  return { ...open, data };
};

/** Keys of secrets as they stand in JSON text; one that is spelt with escapes could be any key. */
const MAY_BE_SECRET = /"(?:password|token)"|\\u/;

/** Whether the text of a request may hold secrets: false means that `omitSecrets` would change nothing. */
export const mayHoldSecrets = (text: string): boolean => MAY_BE_SECRET.test(text);
