import { type EventStore } from '../event-store.ts';
import { type Checkpoint, type LaneInfo } from '../lanes.ts';
import { listLanes } from './list-lanes.ts';

type Log = Pick<EventStore, 'lanes' | 'readLane'>;

/** The last place of a lane, or of the part of it up to `lastWpos`, whose row is older; 0 when none is. */
const lastOlder = async (log: Log, { lane, lastWpos }: LaneInfo, since: number): Promise<number> => {
  const isOlder = async (wpos: number): Promise<boolean> => {
    const [row] = await log.readLane(lane, wpos - 1, 1);
    return row === undefined || row.at < since;
  };
  if (lastWpos === 0 || (await isOlder(lastWpos))) return lastWpos;
  let older = 0;
  let younger = lastWpos;
  while (younger - older > 1) {
    const between = Math.floor((older + younger) / 2);
    if (await isOlder(between)) older = between;
    else younger = between;
  }
  return older;
};

/**
 * Where a follower begins that has no use for rows from before `since` (ms since the epoch): the times of a lane
 * rise, a few seconds apart at most, so that a few reads find the place. Throws when the log cannot be read.
 */
export const checkpointSince = async (log: Log, since: number): Promise<Checkpoint> => {
  const lanes: Record<number, number> = {};
  for (const info of await listLanes(log, 0)) {
    const older = await lastOlder(log, info, since);
    if (older > 0) lanes[info.lane] = older;
  }
  return { done: 0, lanes };
};
