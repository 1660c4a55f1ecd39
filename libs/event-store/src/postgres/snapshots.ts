import { escapeLiteral } from 'pg';
import { type DataSource, type EntityManager } from 'typeorm';
import { type StoredSnapshot } from '../snapshot.ts';
import { JOB_LOCK, SNAPSHOT_JOB } from './locks.ts';

// Ended sessions have no row in open_sessions; who forgets a person takes the lock alone, after which its
// destroyed key is seen here.
const save = (rows: string): string => `
INSERT INTO snapshots AS present (session_id, tenant, seq, schema, body)
SELECT s.session_id, s.tenant, s.seq, s.schema, decode(s.body, 'base64')
FROM json_to_recordset(${rows}) AS s(session_id uuid, tenant text, seq integer, schema text, body text)
WHERE EXISTS (SELECT FROM open_sessions o WHERE o.session_id = s.session_id)
  AND NOT EXISTS (SELECT FROM data_keys k WHERE k.session_id = s.session_id AND k.wrapped IS NULL)
ORDER BY s.session_id
ON CONFLICT (session_id) DO UPDATE SET tenant = excluded.tenant, seq = excluded.seq, schema = excluded.schema, body = excluded.body
WHERE present.seq < excluded.seq OR (present.seq = excluded.seq AND present.schema <> excluded.schema)`;

// Appends go first: what waits for one gives up, and the cached states come another time.
const LOCK = `
SELECT set_config('lock_timeout', '200ms', true);
SELECT pg_advisory_xact_lock_shared(${JOB_LOCK}, ${SNAPSHOT_JOB})`;

const FORGET = `
WITH gone AS (DELETE FROM data_subjects WHERE tenant = $1 AND subject = $2 RETURNING key_id),
destroyed AS (
  UPDATE data_keys k SET wrapped = NULL FROM gone
  WHERE k.key_id = gone.key_id AND k.wrapped IS NOT NULL RETURNING k.session_id
), dropped AS (
  DELETE FROM snapshots s USING destroyed d WHERE s.session_id = d.session_id
)
SELECT count(*)::integer AS keys FROM destroyed`;

const AT_ONCE = 200;
const SESSION_ENDED = '23503';

/** One of each session: a statement cannot write a row twice. */
const newestOfEach = (snapshots: readonly StoredSnapshot[]): readonly StoredSnapshot[] => {
  const newest = new Map<string, StoredSnapshot>();
  for (const snapshot of snapshots) {
    const other = newest.get(snapshot.sessionId);
    if (other === undefined || other.seq <= snapshot.seq) newest.set(snapshot.sessionId, snapshot);
  }
  return [...newest.values()];
};

/**
 * One message to the server, which makes one transaction of it: a worker that stands still in the middle must hold
 * no lock that a write of another worker waits for.
 */
const saveOnce = async (dataSource: DataSource, snapshots: readonly StoredSnapshot[]): Promise<void> => {
  const rows = snapshots.map(({ sessionId, body, ...rest }) => ({
    session_id: sessionId,
    ...rest,
    body: body.toString('base64'),
  }));
  await dataSource.query(`${LOCK};${save(escapeLiteral(JSON.stringify(rows)))}`);
};

/** A session may end between the look at it and the write; the second look leaves it out. */
const saveTwice = (dataSource: DataSource, snapshots: readonly StoredSnapshot[]): Promise<void> =>
  saveOnce(dataSource, snapshots).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code !== SESSION_ENDED) throw error;
    return saveOnce(dataSource, snapshots);
  });

export const saveSnapshots = async (
  dataSource: DataSource,
  snapshots: readonly StoredSnapshot[],
): Promise<void> => {
  const waiting = [...newestOfEach(snapshots)];
  while (waiting.length > 0) await saveTwice(dataSource, waiting.splice(0, AT_ONCE));
};

const forgetWith = async (manager: EntityManager, tenant: string, subject: Buffer): Promise<number> => {
  await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [JOB_LOCK, SNAPSHOT_JOB]);
  const [row] = await manager.query<{ keys: number }[]>(FORGET, [tenant, subject]);
  return row?.keys ?? 0;
};

export const forget = (dataSource: DataSource, tenant: string, subject: Buffer): Promise<number> =>
  dataSource.transaction((manager) => forgetWith(manager, tenant, subject));
