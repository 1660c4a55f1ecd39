import { type DataSource } from 'typeorm';
import { type Orphan, type WorkerStore } from '../event-store.ts';
import { ask } from './ask.ts';

const BEAT = `
INSERT INTO workers (id, beat_at, reads) VALUES ($1, clock_timestamp(), $2)
ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at, reads = excluded.reads`;

const RETIRE = 'DELETE FROM workers WHERE id = $1';

// Versions above 1 have an index of their own.
const ORPHANS = `
SELECT o.session_id AS "sessionId", o.tenant, o.processor, o.agent_id AS "agentId", claim.epoch
FROM open_sessions o
LEFT JOIN LATERAL (
  SELECT e.data ->> 'worker' AS worker, e.epoch FROM events e
  WHERE e.session_id = o.session_id AND e.type = 'OwnershipClaimed' ORDER BY e.seq DESC LIMIT 1
) claim ON true
LEFT JOIN workers w ON w.id = claim.worker
WHERE o.session_id > $4 AND (w.beat_at IS NULL OR w.beat_at < now() - $1 * interval '1 millisecond')
  AND NOT EXISTS (
    SELECT FROM events v WHERE v.session_id = o.session_id AND v.version > 1 AND v.version > $3
  )
ORDER BY o.session_id LIMIT $2`;

/** Less than every session id. */
const NO_SESSION = '00000000-0000-0000-0000-000000000000';

/** Which worker lives; each call throws when the database does not answer within `timeoutMs`. */
export const createWorkers = (dataSource: DataSource, timeoutMs: number): WorkerStore => ({
  beat: async (id, reads) => {
    await ask(dataSource, { name: 'beat', text: BEAT, values: [id, reads] }, timeoutMs);
  },
  retire: async (id) => {
    await ask(dataSource, { name: 'retire', text: RETIRE, values: [id] }, timeoutMs);
  },
  orphans: (staleMs, limit, reads, after = NO_SESSION) => {
    const values = [staleMs, limit, reads, after];
    return ask<Orphan>(dataSource, { name: 'orphans', text: ORPHANS, values }, timeoutMs);
  },
});
