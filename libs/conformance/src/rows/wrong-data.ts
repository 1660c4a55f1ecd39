import { type WrittenField } from '@cordboard/agent-protocol/catalogue';
import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';

/** A `data` with one thing wrong in it. */
export interface WrongData {
  readonly why: string;
  readonly data: JsonObject;
}

/** Keys of a dotted path; a list's entries are reached through its first. */
const keysOf = (path: string): readonly string[] =>
  path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '0'] : [part]));

/** The same value with another at the end of the keys; undefined takes the key away. */
const withValue = (
  value: Json | undefined,
  keys: readonly string[],
  given: Json | undefined,
): Json | undefined => {
  const [key, ...rest] = keys;
  if (key === undefined) return given;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    return list.map((item, index) => (String(index) === key ? (withValue(item, rest, given) ?? null) : item));
  }
  const { [key]: before, ...others } = isJsonObject(value) ? value : {};
  const after = withValue(before, rest, given);
  return after === undefined ? others : { ...others, [key]: after };
};

const put = (example: JsonObject, path: string, given: Json | undefined): JsonObject =>
  withValue(example, keysOf(path), given) as JsonObject;

const SAMPLES: readonly (readonly [type: WrittenField['types'][number], sample: Json])[] = [
  ['string', 'text'],
  ['number', 7],
  ['boolean', true],
  ['object', { some: { deeper: 'object' } }],
  ['array', [{ some: 'object' }]],
];

const illTyped = (example: JsonObject, { path, types }: WrittenField): readonly WrongData[] =>
  SAMPLES.filter(([type]) => !types.includes(type)).map(([type, sample]) => ({
    why: `data.${path} is ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`,
    data: put(example, path, sample),
  }));

const missing = (example: JsonObject, { path, required }: WrittenField): readonly WrongData[] => {
  if (!required) return [];
  return [
    { why: `data.${path} is missing`, data: put(example, path, undefined) },
    { why: `data.${path} is null`, data: put(example, path, null) },
  ];
};

const tooLong = (example: JsonObject, { path, maxLength, types }: WrittenField): readonly WrongData[] =>
  maxLength === undefined || !types.includes('string')
    ? []
    : [
        {
          why: `data.${path} has ${maxLength + 1} characters`,
          data: put(example, path, 'x'.repeat(maxLength + 1)),
        },
      ];

const unfit = (example: JsonObject, { path, pattern }: WrittenField): readonly WrongData[] =>
  pattern === undefined
    ? []
    : [{ why: `data.${path} does not fit ${pattern}`, data: put(example, path, '?!') }];

/** Every way in which a field of a command can be wrong, each by itself. */
export const wrongData = (example: JsonObject, fields: readonly WrittenField[]): readonly WrongData[] =>
  fields.flatMap((field) => [missing, illTyped, tooLong, unfit].flatMap((wrong) => wrong(example, field)));
