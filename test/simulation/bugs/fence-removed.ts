import { ok } from '@cordboard/kernel';
import { insertRows } from '../world/insert-batch.ts';
import { openSimulatedLane, type WriteBatch } from '../world/simulated-lane.ts';
import { type Bug } from './bug.ts';

/** Rows are taken whatever stands in their place or before them. */
const takeAll: WriteBatch = (database, lane, wpos, appends) => {
  let next = wpos + 1;
  return ok(
    appends.map((append) => {
      const place = next;
      insertRows(database, lane, place, append);
      next += append.rows.length;
      return place;
    }),
  );
};

/** No key of the log keeps a former owner out. */
export const fenceRemoved: Bug = {
  name: 'fence-removed',
  faults: ['owner deaf'],
  breaks: ['no-hole', 'epochs-rise'],
  spoilt: { worker: { openLane: (database, host) => openSimulatedLane(database, host, takeAll) } },
};
