import { type DataSource } from 'typeorm';
import { type LaneStore } from '../event-store.ts';
import { type Checkpoint, type LaneInfo } from '../lanes.ts';
import { type StoredEvent } from '../record.ts';
import { ask, askArrays } from './ask.ts';
import { ROW_COLUMNS, storedEvent, type StoredRow } from './stored-row.ts';

const LANES = `
SELECT id AS lane, opened_by AS "openedBy", closed_at IS NOT NULL AS closed,
  coalesce(last_wpos, (SELECT max(wpos) FROM events e WHERE e.lane = l.id), 0) AS "lastWpos"
FROM lanes l WHERE id > $1 ORDER BY id LIMIT 1000`;

const READ_LANE = `
SELECT ${ROW_COLUMNS}
FROM events WHERE lane = $1 AND wpos > $2 AND wpos <= $2 + $3 ORDER BY wpos`;

const CHECKPOINT = 'SELECT done, lanes FROM followers WHERE name = $1';

const SAVE_CHECKPOINT = `
INSERT INTO followers (name, done, lanes) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET done = excluded.done, lanes = excluded.lanes, saved_at = now()`;

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
