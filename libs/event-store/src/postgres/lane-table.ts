import { type DataSource } from 'typeorm';
import { type LaneStore } from '../event-store.ts';
import { type Checkpoint, LANE_PAGE_BYTES, type LaneInfo } from '../lanes.ts';
import { type StoredEvent } from '../record.ts';
import { ask, askArrays } from './ask.ts';
import { ROW_COLUMNS, storedEvent, type StoredRow } from './stored-row.ts';

const LANES = `
SELECT id AS lane, opened_by AS "openedBy", closed_at IS NOT NULL AS closed,
  coalesce(last_wpos, (SELECT max(wpos) FROM events e WHERE e.lane = l.id), 0) AS "lastWpos"
FROM lanes l WHERE id > $1 ORDER BY id LIMIT 1000`;

// To write JSON as text costs more than all else of a read: only what is stored compressed has to be.
const jsonBytes = (column: string): string =>
  `CASE WHEN pg_column_compression(${column}) IS NULL THEN pg_column_size(${column}) ELSE octet_length(${column}::text) END`;

/** What a row weighs in memory and on the line. */
const ROW_BYTES = `256 + ${jsonBytes('data')} + ${jsonBytes('meta')} + coalesce(octet_length(pii), 0)`;

/** The first row comes whatever its size. Archived rows leave holes, so that places are not counted on. */
const READ_LANE = `
SELECT ${ROW_COLUMNS} FROM (
  SELECT r.*, sum(${ROW_BYTES}) OVER (ORDER BY wpos) AS bytes, row_number() OVER (ORDER BY wpos) AS place
  FROM (SELECT * FROM events WHERE lane = $1 AND wpos > $2 ORDER BY wpos LIMIT $3) r
) w WHERE place = 1 OR bytes <= ${LANE_PAGE_BYTES} ORDER BY wpos`;

const CHECKPOINT = 'SELECT done, lanes FROM followers WHERE name = $1';

const SAVE_CHECKPOINT = `
INSERT INTO followers AS present (name, done, lanes) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET done = excluded.done, lanes = excluded.lanes, saved_at = now()
WHERE excluded.done >= present.done AND NOT EXISTS (
  SELECT FROM jsonb_each_text(present.lanes) AS kept (lane, wpos)
  WHERE kept.lane::integer > excluded.done
    AND coalesce((excluded.lanes ->> kept.lane)::bigint, 0) < kept.wpos::bigint
)`;

type LaneTable = Pick<LaneStore, 'lanes' | 'readLane' | 'checkpoint' | 'saveCheckpoint'>;

const lanes = async (
  dataSource: DataSource,
  after: number,
  timeoutMs: number,
): Promise<readonly LaneInfo[]> => {
  const statement = { name: 'lanes', text: LANES, values: [after] };
  const rows = await ask<Omit<LaneInfo, 'lastWpos'> & { readonly lastWpos: string }>(
    dataSource,
    statement,
    timeoutMs,
  );
  return rows.map((row) => ({ ...row, lastWpos: Number(row.lastWpos) }));
};

/** What followers of the whole log read and write; each call throws without an answer within `timeoutMs`. */
export const createLaneTable = (dataSource: DataSource, timeoutMs: number): LaneTable => ({
  lanes: (after) => lanes(dataSource, after, timeoutMs),
  readLane: async (lane, after, limit): Promise<readonly StoredEvent[]> => {
    const statement = { name: 'read-lane', text: READ_LANE, values: [lane, after, limit] };
    return (await askArrays<StoredRow>(dataSource, statement, timeoutMs)).map(storedEvent);
  },
  checkpoint: async (name) => {
    const statement = { name: 'checkpoint', text: CHECKPOINT, values: [name] };
    const [found] = await ask<Checkpoint>(dataSource, statement, timeoutMs);
    return found ?? null;
  },
  saveCheckpoint: async (name, { done, lanes: places }) => {
    const values = [name, done, JSON.stringify(places)];
    await ask(dataSource, { name: 'save-checkpoint', text: SAVE_CHECKPOINT, values }, timeoutMs);
  },
});
