import { type DataSource } from 'typeorm';
import { type LaneMark } from '../../lanes.ts';
import { CLOSE_LOCK, LANE_LOCK } from '../locks.ts';

const HELD = `
SELECT pid, objid::integer AS lane FROM pg_locks
WHERE locktype = 'advisory' AND classid = $1 AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

// Whoever closed it a moment ago may still hold it.
const END_BACKEND = `
SELECT pg_terminate_backend(pid) FROM (${HELD}) held
WHERE lane = $2 AND EXISTS (SELECT FROM lanes l WHERE l.id = $2 AND l.closed_at IS NULL)`;

const CLOSE_LANE = `
UPDATE lanes SET closed_by = $2, closed_at = now(),
  last_wpos = (SELECT coalesce(max(wpos), 0) FROM events WHERE lane = $1)
WHERE id = $1 AND closed_at IS NULL RETURNING last_wpos AS wpos`;

// A lane and its lock appear together: one that nobody holds has lost its writer.
const DEAD_LANES = `
WITH held AS MATERIALIZED (${HELD}), stale AS (SELECT now() - $2 * interval '1 millisecond' AS at)
SELECT l.id AS lane FROM stale, lanes l LEFT JOIN workers w ON w.id = l.opened_by
WHERE l.closed_at IS NULL AND l.opened_at < stale.at
  AND (w.beat_at IS NULL OR w.beat_at < stale.at OR NOT EXISTS (SELECT FROM held WHERE held.lane = l.id))
ORDER BY l.id LIMIT 100`;

/**
 * Ends a lane that was left with an unknown outcome (design K3): ends the backend that still holds its lock,
 * waits for the lock, then writes down where the lane ended; null when another did. Throws when the backend does
 * not go in time; the lane then stays open in the table.
 */
export const closeDeadLane = (
  dataSource: DataSource,
  lane: number,
  closedBy: string,
): Promise<LaneMark | null> =>
  dataSource.transaction(async (manager) => {
    await manager.query(`SET LOCAL statement_timeout = '2s'`);
    // One at a time: while it closes the lane, it is its holder and would be ended by the next one.
    await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [CLOSE_LOCK, lane]);
    await manager.query(END_BACKEND, [LANE_LOCK, lane]);
    await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LANE_LOCK, lane]);
    const [[row]] = await manager.query<[readonly { readonly wpos: string }[], number]>(CLOSE_LANE, [
      lane,
      closedBy,
    ]);
    return row === undefined ? null : { lane, wpos: Number(row.wpos) };
  });

/** Open lanes without a writer: lowest first, at most 100. */
export const deadLanes = async (dataSource: DataSource, staleMs: number): Promise<readonly number[]> => {
  const rows = await dataSource.query<{ lane: number }[]>(DEAD_LANES, [LANE_LOCK, staleMs]);
  return rows.map(({ lane }) => lane);
};
