import { type EventStore } from '../event-store.ts';
import { type LaneInfo } from '../lanes.ts';

/** All lanes with a higher number, lowest first. */
export const listLanes = async (
  log: Pick<EventStore, 'lanes'>,
  after: number,
): Promise<readonly LaneInfo[]> => {
  const page = await log.lanes(after);
  const last = page.at(-1);
  return last === undefined ? page : [...page, ...(await listLanes(log, last.lane))];
};
