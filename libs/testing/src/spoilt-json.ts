import { type Json, type JsonObject } from '@cordboard/kernel';
import fc from 'fast-check';

/** What is nearly right: values that rules look for, and their neighbours. */
const nearly = fc.oneof(
  fc.constantFrom<Json[]>(null, '', ' ', true, 0, -1, 1.5, 2_147_483_648, 'acw', '*#1', 'a\nb', 'a.b.c'),
  fc.constantFrom<Json[]>('TELEPHONY', 'x'.repeat(65), 'x'.repeat(257), '*.*.*._._', [], {}, [[]], [{}]),
  fc.jsonValue() as fc.Arbitrary<Json>,
);

const MOSTLY = 6;

const spoiltJson = (value: Json | undefined): fc.Arbitrary<Json | undefined> => {
  const oneOf = (whole: fc.Arbitrary<unknown>): fc.Arbitrary<Json | undefined> =>
    fc.oneof({ weight: MOSTLY, arbitrary: whole as fc.Arbitrary<Json> }, nearly);
  if (Array.isArray(value)) return oneOf(fc.tuple(...value.map((item: Json) => spoiltJson(item))));
  if (typeof value === 'object' && value !== null) {
    const keys = Object.entries(value).map(([key, item]) => [key, spoiltJson(item as Json)]);
    return oneOf(fc.record(Object.fromEntries(keys) as Record<string, fc.Arbitrary<unknown>>));
  }
  return fc.oneof({ weight: MOSTLY, arbitrary: fc.constant(value) }, nearly, fc.constant(undefined));
};

/** An object with some of its values, at any depth, replaced or left out; now and then any object at all. */
export const spoiltObject = (example: JsonObject): fc.Arbitrary<JsonObject> => {
  const keys = Object.entries(example).map(([key, value]) => [key, spoiltJson(value)]);
  const near = fc.record(Object.fromEntries(keys) as Record<string, fc.Arbitrary<unknown>>);
  const any = fc.dictionary(fc.string(), fc.jsonValue());
  return fc.oneof({ weight: 2 * MOSTLY, arbitrary: near }, any) as fc.Arbitrary<JsonObject>;
};
