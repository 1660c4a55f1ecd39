import { type Client } from 'pg';

/** Partitions come and go with the months; the dump shows what a migration made. */
const TABLES = `
SELECT c.oid, c.relname AS name, pg_get_partkeydef(c.oid) AS partition_key FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY c.relname`;

const COLUMNS = `
SELECT format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
  CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
  CASE WHEN a.attidentity = 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
    ELSE coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') END) AS line
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`;

// Newer servers list NOT NULL among the constraints; the columns say it already.
const CONSTRAINTS = `
SELECT format('  CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)) AS line FROM pg_constraint
WHERE conrelid = $1 AND contype <> 'n' ORDER BY conname`;

const INDEXES = `
SELECT pg_get_indexdef(i.indexrelid) || ';' AS line FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indrelid = $1 AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
ORDER BY c.relname`;

const GRANTS = `
SELECT format('GRANT %s ON %I TO application;', string_agg(rights, ', ' ORDER BY rights), $2::text) AS line
FROM (
  SELECT privilege_type AS rights FROM information_schema.table_privileges
  WHERE table_schema = 'public' AND table_name = $2 AND grantee = $1
  UNION
  SELECT format('%s (%s)', c.privilege_type, string_agg(c.column_name, ', ' ORDER BY c.column_name))
  FROM information_schema.column_privileges c
  WHERE c.table_schema = 'public' AND c.table_name = $2 AND c.grantee = $1 AND NOT EXISTS (
    SELECT FROM information_schema.table_privileges t
    WHERE t.table_schema = 'public' AND t.table_name = $2 AND t.grantee = $1 AND t.privilege_type = c.privilege_type
  )
  GROUP BY c.privilege_type
) g HAVING count(*) > 0`;

const lines = async (client: Client, query: string, values: readonly unknown[]): Promise<readonly string[]> =>
  (await client.query<{ line: string }>(query, [...values])).rows.map(({ line }) => line);

interface Table {
  readonly oid: number;
  readonly name: string;
  readonly partition_key: string | null;
}

const dumpTable = async (
  client: Client,
  { oid, name, partition_key }: Table,
  role: string,
): Promise<string> => {
  const body = [...(await lines(client, COLUMNS, [oid])), ...(await lines(client, CONSTRAINTS, [oid]))];
  const partitioned = partition_key === null ? '' : ` PARTITION BY ${partition_key}`;
  return [
    `CREATE TABLE ${name} (\n${body.join(',\n')}\n)${partitioned};`,
    ...(await lines(client, INDEXES, [oid])),
    ...(await lines(client, GRANTS, [role, name])),
  ].join('\n');
};

/** The tables, indexes and rights of a migrated database, the same text on every supported server. */
export const dumpSchema = async (client: Client, role: string): Promise<string> => {
  const { rows } = await client.query<Table>(TABLES);
  const tables: string[] = [];
  for (const table of rows) tables.push(await dumpTable(client, table, role));
  return `-- The schema that the migrations make; written by "npm run schema -w @cordboard/event-store".\n\n${tables.join('\n\n')}\n`;
};
