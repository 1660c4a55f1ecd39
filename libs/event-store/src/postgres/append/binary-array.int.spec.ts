import { type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import {
  binaryArray,
  bytea,
  type ElementType,
  integer,
  jsonb,
  smallint,
  text,
  timestamptz,
  uuid,
} from './binary-array.ts';

let database: PrivateDatabase;
let client: Client;

beforeAll(async () => {
  database = await privateDatabase();
  client = new Client({ connectionString: database.applicationUrl });
  await client.connect();
}, 120_000);
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** What Postgres says of each element of an array that it was sent. */
const heard = async <Item>(type: ElementType<Item>, items: readonly (Item | null)[], say: string) => {
  const array = binaryArray(type, items, (item) => item);
  const { rows } = await client.query<{ said: unknown }>({
    text: `SELECT ${say} AS said FROM unnest($1::${type.sql}[]) AS item`,
    values: [array],
  });
  return rows.map(({ said }) => said);
};

const storable = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\u0000'));
const json = fc
  .jsonValue({ stringUnit: 'binary' })
  .map((value) => JSON.stringify(value))
  .filter((value) => !value.includes('\\u0000'));

/** Runs with many elements at once, nulls among them. */
const keeps = <Item>(
  type: ElementType<Item>,
  arbitrary: fc.Arbitrary<Item>,
  say = 'item',
  as: (item: Item) => unknown = (item) => item,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.option(arbitrary), { maxLength: 40 }), async (items) => {
      const expected = items.map((item) => (item === null ? null : as(item)));
      expect(await heard(type, items, say)).toEqual(expected);
    }),
    { numRuns: 100 },
  );

describe('arrays in binary form', () => {
  it('keep ids', () => keeps(uuid, fc.uuid()));

  it('keep ids in capitals', () =>
    keeps(
      uuid,
      fc.uuid().map((id) => id.toUpperCase()),
      'item',
      (id) => id.toLowerCase(),
    ));

  it('keep integers of 16 and 32 bits', async () => {
    await keeps(smallint, fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }));
    await keeps(integer, fc.integer());
  });

  it('keep moments, whole milliseconds of them', async () => {
    const say = `(extract(epoch FROM item) * 1000)::text`;
    const from = Date.UTC(-4000, 0);
    const moments = fc.oneof(
      fc.integer({ min: from, max: 8.64e15 }),
      fc.constantFrom(0, -1, 946_684_800_000),
    );
    await keeps(timestamptz, moments, say, (at) => `${at}.000000`);
    expect(await heard(timestamptz, [1.9, -1.9], say)).toEqual(['1.000000', '-1.000000']);
  });

  it('keep text', () => keeps(text, storable));

  it('keep JSON', () => keeps(jsonb, json, 'item', (item) => JSON.parse(item) as unknown));

  it('keep bytes', () =>
    keeps(
      bytea,
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    ));

  it('keep nothing but nothing', async () => {
    expect(await heard(text, [], 'item')).toEqual([]);
    expect(await heard(bytea, [null, null], 'item')).toEqual([null, null]);
  });

  it.each([
    ['a moment before all calendars', timestamptz, -8.64e15, '22008'],
    ['U+0000 in text', text, '\u0000', '22021'],
    ['U+0000 in JSON', jsonb, '"\\u0000"', '22P05'],
    ['half a character in JSON', jsonb, '"\\ud800"', '22P02'],
    ['no JSON', jsonb, '{', '22P02'],
  ])('are refused with %s', async (_, type, item, code) => {
    await expect(
      heard<string | number>(type as ElementType<string | number>, [item], '1'),
    ).rejects.toMatchObject({
      code,
    });
  });
});
