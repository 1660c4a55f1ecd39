import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';

/** The values of personal paths, by path. */
export type PersonalFields = Readonly<Record<string, Json>>;

interface Split {
  readonly data: JsonObject;
  readonly personal: PersonalFields;
}

const valueAt = (data: JsonObject, path: string): Json | undefined => {
  let value: Json | undefined = data;
  for (const step of path.split('.')) {
    // Arrays have no paths: what a declared path cannot reach would stay in clear.
    if (Array.isArray(value)) throw new Error(`the personal path ${path} leads into an array`);
    if (!isJsonObject(value) || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
};

const put = (data: JsonObject, steps: readonly string[], value: Json): JsonObject => {
  const [step = '', ...below] = steps;
  if (below.length === 0) return { ...data, [step]: value };
  const child = data[step];
  return { ...data, [step]: put(isJsonObject(child) ? child : {}, below, value) };
};

/**
 * Takes the values at `paths` (dotted) out of `data` and leaves null in their place, so that a reader without
 * the key sees that something stood there. Paths that lead nowhere, to null or to empty text are skipped.
 */
export const splitPersonal = (data: JsonObject, paths: readonly string[]): Split => {
  const personal: Record<string, Json> = {};
  let rest = data;
  for (const path of paths) {
    const value = valueAt(rest, path);
    if (value === undefined || value === null || value === '') continue;
    personal[path] = value;
    rest = put(rest, path.split('.'), null);
  }
  return { data: rest, personal };
};

/** Puts values back where `splitPersonal` took them from. */
export const joinPersonal = (data: JsonObject, personal: PersonalFields): JsonObject =>
  Object.entries(personal).reduce((joined, [path, value]) => put(joined, path.split('.'), value), data);
