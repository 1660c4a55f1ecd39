import { type Json, type JsonObject } from '@cordboard/kernel';

const objectShape = (schema: JsonObject): string => {
  const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, JsonObject>>);
  const required = (schema.required ?? []) as readonly string[];
  const rest = schema.additionalProperties;
  if (properties.length === 0 && typeof rest === 'object') return `{key: ${shape(rest as JsonObject)}}`;
  const shown = properties.map(
    ([key, value]) => `${key}${required.includes(key) ? '' : '?'}: ${shape(value)}`,
  );
  return shown.length === 0 && schema.additionalProperties !== false ? 'object' : `{${shown.join(', ')}}`;
};

/** A JSON Schema in a few words, for tables: `{channel: {id: id, name?: string}}`. */
export const shape = (schema: JsonObject): string => {
  const { $ref, enum: words, const: word, oneOf, anyOf, type, items } = schema;
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1);
  if (word !== undefined) return JSON.stringify(word);
  if (Array.isArray(words)) return words.map((one: Json) => JSON.stringify(one)).join(' or ');
  if (type === 'object' || schema.properties !== undefined) return objectShape(schema);
  const choice = oneOf ?? anyOf;
  if (Array.isArray(choice)) return (choice as JsonObject[]).map(shape).join(' or ');
  if (type === 'array') return items === undefined ? 'list' : `[${shape(items as JsonObject)}]`;
  return typeof type === 'string' ? type : 'any';
};
