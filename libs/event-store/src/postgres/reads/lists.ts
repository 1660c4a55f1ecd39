import { type DataSource } from 'typeorm';
import { type EventStore, type SessionOverview, type StreamTail } from '../../event-store.ts';
import { type DataKeyRecord } from '../../record.ts';
import { DataKeyEntity, OpenSessionEntity } from '../entities.ts';

// Versions above 1 have an index of their own, so that the highest is found without reading the stream.
const TAIL = `
SELECT e.tenant, e.seq, e.epoch,
  NOT EXISTS (SELECT FROM open_sessions o WHERE o.session_id = e.session_id) AS closed,
  coalesce((SELECT max(v.version) FROM events v WHERE v.session_id = $1 AND v.version > 1), 1)::integer AS version
FROM events e WHERE e.session_id = $1 ORDER BY e.seq DESC LIMIT 1`;

const tail = async (dataSource: DataSource, sessionId: string): Promise<StreamTail | null> => {
  const [row] = await dataSource.query<StreamTail[]>(TAIL, [sessionId]);
  return row ?? null;
};

const openSession: (
  dataSource: DataSource,
  ...key: Parameters<EventStore['openSession']>
) => Promise<string | null> = async (dataSource, tenant, processor, agentId) => {
  const found = await dataSource.getRepository(OpenSessionEntity).findOneBy({ tenant, processor, agentId });
  return found?.sessionId ?? null;
};

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
  const rows = await dataSource.query<OverviewRow[]>(SESSIONS, [tenant ?? null, limit]);
  return rows.map(({ session_id, agent_id, started_at, last_at, ...row }) => ({
    ...row,
    sessionId: session_id,
    agentId: agent_id,
    startedAt: started_at.getTime(),
    lastAt: last_at.getTime(),
  }));
};

const keys = (dataSource: DataSource, sessionId: string): Promise<readonly DataKeyRecord[]> =>
  dataSource.getRepository(DataKeyEntity).findBy({ sessionId });

const now = async (dataSource: DataSource): Promise<number> => {
  const [row] = await dataSource.query<{ now: Date }[]>('SELECT clock_timestamp() AS now');
  if (row === undefined) throw new Error('the database did not tell its time');
  return row.now.getTime();
};

type Lists = Pick<EventStore, 'tail' | 'openSession' | 'sessions' | 'keys' | 'now'>;

/** Reads that are asked for now and then; each call throws when the database cannot be reached. */
export const createLists = (dataSource: DataSource): Lists => ({
  tail: (sessionId) => tail(dataSource, sessionId),
  openSession: (...key) => openSession(dataSource, ...key),
  sessions: (filter) => sessions(dataSource, filter),
  keys: (sessionId) => keys(dataSource, sessionId),
  now: () => now(dataSource),
});
