import { type DataSource } from 'typeorm';
import { LANE_LOCK } from '../locks.ts';

const END_BACKEND = `
SELECT pg_terminate_backend(pid) FROM pg_locks
WHERE locktype = 'advisory' AND classid = $1 AND objid = $2 AND objsubid = 2 AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const CLOSE_LANE = `
UPDATE lanes SET closed_by = $2, closed_at = now(),
  last_wpos = (SELECT coalesce(max(wpos), 0) FROM events WHERE lane = $1)
WHERE id = $1 AND closed_at IS NULL`;

/**
 * Ends a lane that was left with an unknown outcome (design K3): ends the backend that still holds its lock,
 * waits for the lock, then writes down where the lane ended. Throws when the backend does not go in time; the
 * lane then stays open in the table.
 */
export const closeDeadLane = (dataSource: DataSource, lane: number, closedBy: string): Promise<void> =>
  dataSource.transaction(async (manager) => {
    await manager.query(`SET LOCAL statement_timeout = '2s'`);
    await manager.query(END_BACKEND, [LANE_LOCK, lane]);
    await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LANE_LOCK, lane]);
    await manager.query(CLOSE_LANE, [lane, closedBy]);
  });
