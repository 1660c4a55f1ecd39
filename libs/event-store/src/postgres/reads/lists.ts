import { type DataSource } from 'typeorm';
import { type EventStore, type SessionOverview } from '../../event-store.ts';
import { type StreamTail } from '../../stream-tail.ts';
import { ask } from '../ask.ts';

// Versions above 1 have an index of their own, so that the highest is found without reading the stream.
const TAIL = `
SELECT e.tenant, e.seq, e.epoch,
  NOT EXISTS (SELECT FROM open_sessions o WHERE o.session_id = e.session_id) AS closed,
  coalesce((SELECT max(v.version) FROM events v WHERE v.session_id = $1 AND v.version > 1), 1)::integer AS version
FROM events e WHERE e.session_id = $1 ORDER BY e.seq DESC LIMIT 1`;

const OPEN_SESSION = `
SELECT session_id AS "sessionId" FROM open_sessions WHERE tenant = $1 AND processor = $2 AND agent_id = $3`;

const NOW = 'SELECT clock_timestamp() AS now';

const SESSIONS = `
WITH open AS (
  SELECT session_id, tenant, true AS open FROM open_sessions
  WHERE $1::text IS NULL OR tenant = $1
  ORDER BY session_id DESC LIMIT $2
), closed AS (
  SELECT e.session_id, e.tenant, false FROM events e
  WHERE e.seq = 1 AND ($1::text IS NULL OR e.tenant = $1)
    AND NOT EXISTS (SELECT FROM open_sessions o WHERE o.session_id = e.session_id)
  ORDER BY e.session_id DESC LIMIT $2
)
SELECT s.*, first.data ->> 'processor' AS processor, first.data -> 'agent' ->> 'id' AS agent_id,
  first.at AS started_at, last.at AS last_at, last.seq AS events
FROM (SELECT * FROM open UNION ALL SELECT * FROM closed) s
CROSS JOIN LATERAL (SELECT at, data FROM events e WHERE e.session_id = s.session_id AND seq = 1) first
CROSS JOIN LATERAL (
  SELECT at, seq FROM events e WHERE e.session_id = s.session_id ORDER BY seq DESC LIMIT 1
) last
ORDER BY s.open DESC, s.session_id DESC LIMIT $2`;

/** It may look at many sessions; the server gives up before. */
const OVERVIEW_MS = 35_000;

interface OverviewRow {
  readonly session_id: string;
  readonly tenant: string;
  readonly processor: string | null;
  readonly agent_id: string | null;
  readonly open: boolean;
  readonly started_at: Date;
  readonly last_at: Date;
  readonly events: number;
}

const sessions = async (
  dataSource: DataSource,
  { tenant, limit }: Parameters<EventStore['sessions']>[0],
): Promise<readonly SessionOverview[]> => {
  const statement = { name: 'sessions', text: SESSIONS, values: [tenant ?? null, limit] };
  const rows = await ask<OverviewRow>(dataSource, statement, OVERVIEW_MS);
  return rows.map(({ session_id, agent_id, started_at, last_at, ...row }) => ({
    ...row,
    sessionId: session_id,
    agentId: agent_id,
    startedAt: started_at.getTime(),
    lastAt: last_at.getTime(),
  }));
};

type Lists = Pick<EventStore, 'tail' | 'openSession' | 'sessions' | 'now'>;

/** Reads of one thing; each call throws when the database does not answer within `timeoutMs`. */
export const createLists = (dataSource: DataSource, timeoutMs: number): Lists => {
  const first = async <Row extends object>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<Row | null> => (await ask<Row>(dataSource, { name, text, values }, timeoutMs))[0] ?? null;
  return {
    tail: (sessionId) => first<StreamTail>('tail', TAIL, [sessionId]),
    openSession: async (...place) =>
      (await first<{ sessionId: string }>('open-session', OPEN_SESSION, place))?.sessionId ?? null,
    sessions: (filter) => sessions(dataSource, filter),
    now: async () => {
      const row = await first<{ now: Date }>('now', NOW, []);
      if (row === null) throw new Error('the database did not tell its time');
      return row.now.getTime();
    },
  };
};
