import { type DataSource, type EntityManager } from 'typeorm';
import { type StoredSnapshot } from '../snapshot.ts';
import { JOB_LOCK, SNAPSHOT_JOB } from './locks.ts';

// Ended sessions have no row in open_sessions; who forgets a person takes the lock alone, after which its
// destroyed key is seen here.
const SAVE = `
INSERT INTO snapshots AS present (session_id, tenant, seq, schema, body)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::integer[], $4::text[], $5::bytea[])
  AS s(session_id, tenant, seq, schema, body)
WHERE EXISTS (SELECT FROM open_sessions o WHERE o.session_id = s.session_id)
  AND NOT EXISTS (SELECT FROM data_keys k WHERE k.session_id = s.session_id AND k.wrapped IS NULL)
ORDER BY s.session_id
ON CONFLICT (session_id) DO UPDATE SET tenant = excluded.tenant, seq = excluded.seq, schema = excluded.schema, body = excluded.body
WHERE present.seq < excluded.seq OR (present.seq = excluded.seq AND present.schema <> excluded.schema)`;

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

const save = (dataSource: DataSource, snapshots: readonly StoredSnapshot[]): Promise<void> =>
  dataSource.transaction(async (manager) => {
    // Appends go first: what waits for one gives up, and the cached states come another time.
    await manager.query(`SET LOCAL lock_timeout = '200ms'`);
    await manager.query('SELECT pg_advisory_xact_lock_shared($1, $2)', [JOB_LOCK, SNAPSHOT_JOB]);
    await manager.query(SAVE, [
      snapshots.map(({ sessionId }) => sessionId),
      snapshots.map(({ tenant }) => tenant),
      snapshots.map(({ seq }) => seq),
      snapshots.map(({ schema }) => schema),
      snapshots.map(({ body }) => body),
    ]);
  });

/** A session may end between the look at it and the write; the second look leaves it out. */
const saveTwice = (dataSource: DataSource, snapshots: readonly StoredSnapshot[]): Promise<void> =>
  save(dataSource, snapshots).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code !== SESSION_ENDED) throw error;
    return save(dataSource, snapshots);
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
