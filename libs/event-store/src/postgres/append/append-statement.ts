import { type Statement } from '../ask.ts';
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
import { type EncodedAppend, type EncodedRow } from './encoded-append.ts';

interface Column {
  readonly name: string;
  readonly array: string;
  readonly encode: (rows: readonly EncodedRow[]) => Buffer;
}

const column = <Item>(
  name: string,
  type: ElementType<Item>,
  itemOf: (row: EncodedRow) => Item | null,
): Column => ({
  name,
  array: `${type.sql}[]`,
  encode: (rows) => binaryArray(type, rows, itemOf),
});

/** Columns of the log, in the order of the parameters from $3 on. */
const COLUMNS = [
  column('session_id', uuid, ({ record }) => record.sessionId),
  column('seq', integer, ({ record }) => record.seq),
  column('epoch', integer, ({ record }) => record.epoch),
  column('tenant', text, ({ record }) => record.tenant),
  column('type', text, ({ record }) => record.type),
  column('version', smallint, ({ record }) => record.version),
  column('target', text, ({ record }) => record.target),
  column('at', timestamptz, ({ record }) => record.at),
  column('name', text, ({ record }) => record.name),
  column('data', jsonb, ({ data }) => data),
  column('pii', bytea, ({ record }) => record.pii),
  column('key_id', uuid, ({ record }) => record.keyId),
  column('meta', jsonb, ({ meta }) => meta),
  column('hash', bytea, ({ record }) => record.hash),
];
const FIRST_ARRAY = 3;
const FOLLOWS = FIRST_ARRAY + COLUMNS.length;
const EXTRAS = FOLLOWS + 1;

const names = COLUMNS.map(({ name }) => name).join(', ');
const unnested = COLUMNS.map(
  ({ name, array }, index) => `unnest($${index + FIRST_ARRAY}::${array}) AS ${name}`,
);
const places = `generate_series($2::bigint + 1, $2::bigint + cardinality($${FIRST_ARRAY}::uuid[])) AS place`;

// Side by side in one list the arrays are read as rows are written; as a table in FROM they would be put down first.
const INSERT_KNOWN = `
INSERT INTO events (lane, wpos, ${names})
SELECT $1::integer, ${places}, ${unnested.join(', ')}`;

// `follows` is the hash of the row that must stand before this one. Where another or none stands, `wpos` comes
// out null and the statement fails: no caller can leave a hole or write on what it has not seen.
const INSERT_FOUND = `
INSERT INTO events (lane, wpos, ${names})
SELECT $1::integer,
  CASE WHEN e.follows IS NULL
    OR e.follows = (SELECT p.hash FROM events p WHERE p.session_id = e.session_id AND p.seq = e.seq - 1)
  THEN e.place END,
  ${COLUMNS.map(({ name }) => `e.${name}`).join(', ')}
FROM (SELECT ${places}, ${unnested.join(', ')}, unnest($${FOLLOWS}::bytea[]) AS follows) e`;

const unnest = (from: number, types: readonly string[]): string =>
  `SELECT * FROM unnest(${types.map((type, index) => `$${from + index}::${type}[]`).join(', ')})`;

const INSERT_ALL = `
WITH opened AS (
  INSERT INTO open_sessions (session_id, tenant, processor, agent_id)
  ${unnest(EXTRAS, ['uuid', 'text', 'text', 'text'])}
), closed AS (
  DELETE FROM open_sessions WHERE session_id = ANY ($${EXTRAS + 4}::uuid[])
), keys AS (
  INSERT INTO data_keys (key_id, tenant, session_id, scope, wrapped)
  ${unnest(EXTRAS + 5, ['uuid', 'text', 'uuid', 'text', 'bytea'])}
), subjects AS (
  INSERT INTO data_subjects (tenant, subject, key_id)
  ${unnest(EXTRAS + 10, ['text', 'bytea', 'uuid'])}
  ON CONFLICT DO NOTHING
)${INSERT_FOUND}`;

const extraArrays = (appends: readonly EncodedAppend[]): readonly unknown[] => {
  const opens = appends.flatMap(({ sessionId, append }) =>
    append.opens === undefined ? [] : [{ sessionId, ...append.opens }],
  );
  const keys = appends.flatMap(({ append }) => append.keys);
  const subjects = appends.flatMap(({ append }) => append.subjects);
  return [
    opens.map(({ sessionId }) => sessionId),
    opens.map(({ tenant }) => tenant),
    opens.map(({ processor }) => processor),
    opens.map(({ agentId }) => agentId),
    appends.filter(({ append }) => append.closes === true).map(({ sessionId }) => sessionId),
    keys.map(({ keyId }) => keyId),
    keys.map(({ tenant }) => tenant),
    keys.map(({ sessionId }) => sessionId),
    keys.map(({ scope }) => scope),
    keys.map(({ wrapped }) => wrapped),
    subjects.map(({ tenant }) => tenant),
    subjects.map(({ subject }) => subject),
    subjects.map(({ keyId }) => keyId),
  ];
};

const hasExtras = ({ append }: EncodedAppend): boolean =>
  append.opens !== undefined ||
  append.closes === true ||
  append.keys.length > 0 ||
  append.subjects.length > 0;

const same = <Item>(item: Item): Item => item;

/** A batch, and where it goes. */
interface Batch {
  readonly lane: number;
  /** The last place of the lane that is taken. */
  readonly wpos: number;
  readonly appends: readonly EncodedAppend[];
  /** For each append, the hash of the row that must be found before it; null where nothing is to be looked for. */
  readonly toFind: readonly (Buffer | null)[];
}

/** One statement that writes a batch, whole or not at all; the plainest that will do. */
export const appendStatement = ({ lane, wpos, appends, toFind }: Batch): Statement => {
  const rows = appends.flatMap((append) => append.rows);
  const values = [lane, wpos, ...COLUMNS.map(({ encode }) => encode(rows))];
  const extras = appends.some(hasExtras);
  if (!extras && toFind.every((hash) => hash === null))
    return { name: 'append-known', text: INSERT_KNOWN, values };
  const follows = appends.flatMap((append, index) =>
    append.rows.map((_, place) => (place === 0 ? (toFind[index] ?? null) : null)),
  );
  values.push(binaryArray(bytea, follows, same));
  return extras
    ? { name: 'append-all', text: INSERT_ALL, values: [...values, ...extraArrays(appends)] }
    : { name: 'append-found', text: INSERT_FOUND, values };
};
