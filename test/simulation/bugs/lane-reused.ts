import { type Lane } from '@cordboard/event-store';
import { type Database } from '../world/database.ts';
import { type Host } from '../world/host.ts';
import { insertBatch } from '../world/insert-batch.ts';
import { openSimulatedLane } from '../world/simulated-lane.ts';
import { type Bug } from './bug.ts';

interface Kept {
  readonly row: Database['log']['lanes'][number];
  wpos: number;
}

/** After an unknown outcome the appender goes on under the same lane, where it thinks that it stood. */
const goOn = async (database: Database, host: Host, known: WeakMap<Host, Kept>): Promise<Lane> => {
  const lane = await openSimulatedLane(database, host, (_database, row, _wpos, appends) => {
    const { row: old, wpos } = known.get(host) ?? { row, wpos: 0 };
    return insertBatch(database, old, wpos, appends);
  });
  const row = database.log.lanes[lane.id - 1];
  if (row === undefined) return lane;
  const kept = known.get(host) ?? { row, wpos: 0 };
  known.set(host, kept);
  kept.row.closed = false;
  return {
    ...lane,
    id: kept.row.lane,
    wpos: () => kept.wpos,
    write: async (appends) => {
      const written = await lane.write(appends);
      if (written.ok) kept.wpos += appends.reduce((sum, { rows }) => sum + rows.length, 0);
      return written;
    },
  };
};

const known = new WeakMap<Host, Kept>();

/** A lane is used again after a statement whose outcome is not known. */
export const laneReused: Bug = {
  name: 'lane-reused',
  faults: ['answers of the database lost'],
  breaks: ['no-hole', 'followers-equal'],
  spoilt: { worker: { openLane: (database, host) => goOn(database, host, known) } },
};
