import { IsArray, IsBoolean, IsOptional } from 'class-validator';
import { isJsonObject, type Json, type JsonObject } from '@cordboard/kernel';
import { ADDRESS_BOOK_TYPES } from '../words.ts';
import { type Trim, Trimmable, Trimmed } from './dto.ts';
import { shortened } from './trim.ts';

/** How deep groups nest below an address book. */
const MAX_ADDRESS_BOOK_DEPTH = 8;
/** Books and groups, and entries, of all address books of one message together. */
const MAX_ADDRESS_BOOK_GROUPS = 1_000;
export const MAX_ADDRESS_BOOK_ENTRIES = 2_000;
const MAX_DESTINATIONS = 16;
const MAX_TEXT = 256;

const TYPES: readonly string[] = ADDRESS_BOOK_TYPES;
const TEXTS = ['state', 'mediaType', 'ewt'];
const NUMBERS = ['numAvailable', 'numUnavailable'];

interface Walk {
  readonly took: Parameters<Trim>[1];
  groups: number;
  entries: number;
}

const textOf = (value: Json | undefined, { took }: Walk): string =>
  typeof value === 'string' || typeof value === 'number' ? shortened(String(value), MAX_TEXT, took) : '';

/** The objects of a list that `read` takes; the rest is counted. */
const keep = (
  value: Json | undefined,
  { took }: Walk,
  read: (item: JsonObject) => JsonObject | null,
): readonly JsonObject[] => {
  const items: readonly Json[] = Array.isArray(value) ? value : [];
  const kept = items.map((item) => (isJsonObject(item) ? read(item) : null)).filter((item) => item !== null);
  if (kept.length < items.length) took(items.length - kept.length);
  return kept;
};

const propertiesOf = (value: Json | undefined, walk: Walk): JsonObject => {
  const given = isJsonObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    given.flatMap(([key, property]): [string, Json][] => {
      if (NUMBERS.includes(key) && typeof property === 'number') return [[key, property]];
      return TEXTS.includes(key) ? [[key, textOf(property, walk)]] : [];
    }),
  );
};

const entryOf = (entry: JsonObject, walk: Walk): JsonObject | null => {
  const type = textOf(entry.type, walk).toLowerCase();
  if (!TYPES.includes(type) || walk.entries === 0) return null;
  walk.entries -= 1;
  let destinations = 0;
  return {
    name: textOf(entry.name, walk),
    type,
    destinations: keep(entry.destinations, walk, ({ label, value }) => {
      destinations += 1;
      if (destinations > MAX_DESTINATIONS) return null;
      return { label: textOf(label, walk), value: textOf(value, walk) };
    }),
    properties: propertiesOf(entry.properties, walk),
  };
};

const bookOf = (book: JsonObject, depth: number, walk: Walk): JsonObject | null => {
  if (depth > MAX_ADDRESS_BOOK_DEPTH || walk.groups === 0) return null;
  walk.groups -= 1;
  return {
    name: textOf(book.name, walk),
    groups: keep(book.groups, walk, (group) => bookOf(group, depth + 1, walk)),
    entries: keep(book.entries, walk, (entry) => entryOf(entry, walk)),
  };
};

/** Every book, group and entry in the form of agent protocol A10; what does not fit, or is too much, is left out. */
const trimBooks: Trim = (value, took) => {
  if (!Array.isArray(value)) return value;
  const walk: Walk = { took, groups: MAX_ADDRESS_BOOK_GROUPS, entries: MAX_ADDRESS_BOOK_ENTRIES };
  return keep(value, walk, (book) => bookOf(book, 0, walk));
};

/** `session.query.addressbook`; `realtime` absent means false. */
export class AddressBookBody {
  @IsOptional()
  @IsBoolean()
  realtime?: boolean;

  @IsOptional()
  @IsBoolean()
  stop?: boolean;
}

/** `session.addressbook`. */
export class AddressBooksBody extends Trimmable {
  /** Each `{name, groups, entries}`, as the agent protocol has it (A10). */
  @Trimmed(trimBooks)
  @IsArray()
  addressbooks!: readonly JsonObject[];
}

/** Answer to `session.query.addressbook`; empty for a stop. */
export class AddressBooksAnswer extends Trimmable {
  @Trimmed(trimBooks)
  @IsOptional()
  @IsArray()
  addressbooks?: readonly JsonObject[];
}
