import { type Loaded, type StoredSnapshot } from '../snapshot.ts';
import { type MemoryLog } from './memory-log.ts';
import { isOpen, keysOf, readFrom, tailOf } from './memory-reads.ts';

const isNewer = (one: StoredSnapshot, other: StoredSnapshot | undefined): boolean =>
  other === undefined || one.seq > other.seq || (one.seq === other.seq && one.schema !== other.schema);

const isKept = (log: MemoryLog, { sessionId }: StoredSnapshot): boolean =>
  isOpen(log, sessionId) !== undefined && keysOf(log, sessionId).every(({ wrapped }) => wrapped !== null);

export const saveSnapshotsIn = (log: MemoryLog, snapshots: readonly StoredSnapshot[]): void => {
  for (const snapshot of snapshots) {
    if (isKept(log, snapshot) && isNewer(snapshot, log.snapshots.get(snapshot.sessionId)))
      log.snapshots.set(snapshot.sessionId, snapshot);
  }
};

export const loadFrom = (log: MemoryLog, sessionId: string, schema: string): Loaded => {
  const cached = log.snapshots.get(sessionId);
  const snapshot = cached?.schema === schema ? cached : null;
  return {
    tail: tailOf(log, sessionId),
    snapshot,
    rows: readFrom(log, sessionId, { after: snapshot === null ? 0 : snapshot.seq - 1 }),
    keys: keysOf(log, sessionId),
  };
};
