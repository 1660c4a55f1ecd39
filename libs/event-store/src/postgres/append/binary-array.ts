/**
 * Arrays as parameters in the binary format of Postgres: nothing is quoted here and nothing unquoted there. Types
 * go by the numbers that every Postgres gives them.
 */
export interface ElementType<Item> {
  readonly sql: string;
  readonly oid: number;
  /** How many bytes an item takes. */
  readonly size: (item: Item) => number;
  /** Writes an item; gives how many bytes it took. */
  readonly write: (into: Buffer, item: Item, at: number) => number;
}

/** Milliseconds from 1970 to 2000, where Postgres begins to count. */
const EPOCH_MS = 946_684_800_000n;
/** Dimensions, whether there are nulls, element type; then length and first index of the one dimension. */
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;

/** What a hexadecimal digit stands for, by its character code. */
const NIBBLES = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? 0 : digit;
});

const nibble = (text: string, at: number): number => NIBBLES[text.charCodeAt(at)] ?? 0;

const HYPHENS = new Set([8, 13, 18, 23]);

/** In canonical form, 36 characters. */
export const uuid: ElementType<string> = {
  sql: 'uuid',
  oid: 2950,
  size: () => 16,
  write: (into, item, at) => {
    let next = at;
    for (let index = 0; index < 36; index += 2) {
      if (HYPHENS.has(index)) index += 1;
      into[next] = (nibble(item, index) << 4) | nibble(item, index + 1);
      next += 1;
    }
    return 16;
  },
};

export const smallint: ElementType<number> = {
  sql: 'smallint',
  oid: 21,
  size: () => 2,
  write: (into, item, at) => into.writeInt16BE(item, at) - at,
};

export const integer: ElementType<number> = {
  sql: 'integer',
  oid: 23,
  size: () => 4,
  write: (into, item, at) => into.writeInt32BE(item, at) - at,
};

/** From milliseconds since 1970; parts of one are dropped. */
export const timestamptz: ElementType<number> = {
  sql: 'timestamptz',
  oid: 1184,
  size: () => 8,
  write: (into, item, at) => into.writeBigInt64BE((BigInt(Math.trunc(item)) - EPOCH_MS) * 1_000n, at) - at,
};

export const text: ElementType<string> = {
  sql: 'text',
  oid: 25,
  size: (item) => Buffer.byteLength(item),
  write: (into, item, at) => into.write(item, at),
};

/** From JSON text, which stands behind the number of its format. */
export const jsonb: ElementType<string> = {
  sql: 'jsonb',
  oid: 3802,
  size: (item) => 1 + Buffer.byteLength(item),
  write: (into, item, at) => {
    into[at] = 1;
    return 1 + into.write(item, at + 1);
  },
};

export const bytea: ElementType<Buffer> = {
  sql: 'bytea',
  oid: 17,
  size: (item) => item.length,
  write: (into, item, at) => {
    into.set(item, at);
    return item.length;
  },
};

/** An array of what `itemOf` gives for each row. */
export const binaryArray = <Row, Item>(
  type: ElementType<Item>,
  rows: readonly Row[],
  itemOf: (row: Row) => Item | null,
): Buffer => {
  let bytes = HEADER_BYTES;
  for (const row of rows) {
    const item = itemOf(row);
    bytes += LENGTH_BYTES + (item === null ? 0 : type.size(item));
  }
  const array = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const word of [1, 1, type.oid, rows.length, 1]) at = array.writeInt32BE(word, at);
  for (const row of rows) {
    const item = itemOf(row);
    const size = item === null ? NULL_LENGTH : type.write(array, item, at + LENGTH_BYTES);
    at = array.writeInt32BE(size, at) + Math.max(size, 0);
  }
  return array;
};
