import { type Statement } from '../ask.ts';
import { type EncodedAppend, type EncodedRow } from './encoded-append.ts';

/** Columns of the log with their array types, in the order of the parameters from $3 on. */
const COLUMNS = [
  ['session_id', 'uuid'],
  ['seq', 'integer'],
  ['epoch', 'integer'],
  ['tenant', 'text'],
  ['type', 'text'],
  ['version', 'smallint'],
  ['target', 'text'],
  ['at', 'timestamptz'],
  ['name', 'text'],
  ['data', 'jsonb'],
  ['pii', 'bytea'],
  ['key_id', 'uuid'],
  ['meta', 'jsonb'],
  ['hash', 'bytea'],
] as const;
const FIRST_ARRAY = 3;
const FOLLOWS = FIRST_ARRAY + COLUMNS.length;
const EXTRAS = FOLLOWS + 1;

const names = COLUMNS.map(([name]) => name);
const arrays = COLUMNS.map(([, type], index) => `$${index + FIRST_ARRAY}::${type}[]`);

// `follows` is the hash of the row that must stand before this one. Where another or none stands, `wpos` comes
// out null and the statement fails: no caller can leave a hole or write on what it has not seen.
const INSERT_EVENTS = `
INSERT INTO events (lane, wpos, ${names.join(', ')})
SELECT $1::integer,
  CASE WHEN e.follows IS NULL
    OR e.follows = (SELECT p.hash FROM events p WHERE p.session_id = e.session_id AND p.seq = e.seq - 1)
  THEN $2::bigint + e.place END,
  ${names.map((name) => `e.${name}`).join(', ')}
FROM unnest(${arrays.join(', ')}, $${FOLLOWS}::bytea[])
  WITH ORDINALITY AS e(${names.join(', ')}, follows, place)`;

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
)${INSERT_EVENTS}`;

const column = <T, V>(items: readonly T[], value: (item: T) => V): readonly V[] => items.map(value);

const rowArrays = (rows: readonly EncodedRow[]): readonly unknown[] => [
  column(rows, ({ record }) => record.sessionId),
  column(rows, ({ record }) => record.seq),
  column(rows, ({ record }) => record.epoch),
  column(rows, ({ record }) => record.tenant),
  column(rows, ({ record }) => record.type),
  column(rows, ({ record }) => record.version),
  column(rows, ({ record }) => record.target),
  column(rows, ({ at }) => at),
  column(rows, ({ record }) => record.name),
  column(rows, ({ data }) => data),
  column(rows, ({ record }) => record.pii),
  column(rows, ({ record }) => record.keyId),
  column(rows, ({ meta }) => meta),
  column(rows, ({ record }) => record.hash),
];

/** Told for the first row that a batch brings of a session; the others follow from it. */
const followsArray = (rows: readonly EncodedRow[]): readonly (Buffer | null)[] => {
  const seen = new Set<string>();
  return rows.map(({ record }) => {
    const first = !seen.has(record.sessionId);
    seen.add(record.sessionId);
    return first && record.seq > 1 ? (record.follows ?? null) : null;
  });
};

const extraArrays = (appends: readonly EncodedAppend[]): readonly unknown[] => {
  const opens = appends.flatMap(({ sessionId, append }) =>
    append.opens === undefined ? [] : [{ sessionId, ...append.opens }],
  );
  const keys = appends.flatMap(({ append }) => append.keys);
  const subjects = appends.flatMap(({ append }) => append.subjects);
  return [
    column(opens, ({ sessionId }) => sessionId),
    column(opens, ({ tenant }) => tenant),
    column(opens, ({ processor }) => processor),
    column(opens, ({ agentId }) => agentId),
    appends.filter(({ append }) => append.closes === true).map(({ sessionId }) => sessionId),
    column(keys, ({ keyId }) => keyId),
    column(keys, ({ tenant }) => tenant),
    column(keys, ({ sessionId }) => sessionId),
    column(keys, ({ scope }) => scope),
    column(keys, ({ wrapped }) => wrapped),
    column(subjects, ({ tenant }) => tenant),
    column(subjects, ({ subject }) => subject),
    column(subjects, ({ keyId }) => keyId),
  ];
};

const hasExtras = ({ append }: EncodedAppend): boolean =>
  append.opens !== undefined ||
  append.closes === true ||
  append.keys.length > 0 ||
  append.subjects.length > 0;

/** One statement that writes a batch, whole or not at all, on a lane whose last place is `wpos`. */
export const appendStatement = (lane: number, wpos: number, appends: readonly EncodedAppend[]): Statement => {
  const rows = appends.flatMap((append) => append.rows);
  const values = [lane, wpos, ...rowArrays(rows), followsArray(rows)];
  return appends.some(hasExtras)
    ? { name: 'append-all', text: INSERT_ALL, values: [...values, ...extraArrays(appends)] }
    : { name: 'append-events', text: INSERT_EVENTS, values };
};
