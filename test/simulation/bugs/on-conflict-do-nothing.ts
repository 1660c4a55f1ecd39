import { ok } from '@cordboard/kernel';
import { insertBatch, insertRows } from '../world/insert-batch.ts';
import { openSimulatedLane, type WriteBatch } from '../world/simulated-lane.ts';
import { type Bug } from './bug.ts';

/** Rows whose place is taken are left out, and the statement says that all went well. */
const doNothing: WriteBatch = (database, lane, wpos, appends) => {
  const taken = appends.filter(({ sessionId, append: { records } }) =>
    database.log.streams.get(sessionId)?.some(({ seq }) => seq === records[0]?.seq),
  );
  if (taken.length === 0) return insertBatch(database, lane, wpos, appends);
  let next = wpos + 1;
  const places: number[] = [];
  for (const append of appends) {
    places.push(next);
    if (!taken.includes(append)) insertRows(database, lane, next, append);
    next += append.rows.length;
  }
  return ok(places);
};

/** `ON CONFLICT DO NOTHING` in the append. */
export const onConflictDoNothing: Bug = {
  name: 'on-conflict-do-nothing',
  faults: ['owner deaf'],
  breaks: ['no-hole', 'stored-once', 'effects-intended'],
  spoilt: { worker: { openLane: (database, host) => openSimulatedLane(database, host, doNothing) } },
};
