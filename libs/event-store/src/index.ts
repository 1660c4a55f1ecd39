export { advance, chainHash, openingHead } from './chain.ts';
export { type Draft, type Head, type Keyring, type Recorded } from './chronicle.ts';
export {
  type Append,
  type Appended,
  type AppendError,
  type AppendOutcome,
  type EventStore,
  type LaneStore,
  type OpenSession,
  type Orphan,
  type ReadRange,
  type SessionOverview,
  type WireRange,
  type WorkerStore,
} from './event-store.ts';
export { checkpointSince } from './follower/checkpoint-since.ts';
export { createFollower } from './follower/follower.ts';
export { type Follower, type FollowerLog, type FollowerOptions, type LaneSignals } from './follower/ports.ts';
export { forgetSubject } from './forget-subject.ts';
export { type Checkpoint, type Job, type JobLock, type LaneInfo, type LaneMark } from './lanes.ts';
export { emptyLog, type MemoryLog } from './memory/memory-log.ts';
export { createMemoryStore } from './memory/memory-store.ts';
export { Appender } from './postgres/append/appender.ts';
export { type Finding } from './postgres/append/diagnose-statement.ts';
export { type EncodedAppend } from './postgres/append/encoded-append.ts';
export { type Lane } from './postgres/append/lane.ts';
export { type SqlFailure } from './postgres/append/sql-failure.ts';
export { migrate, type Migrated } from './postgres/migrate.ts';
export { ensurePartitions } from './postgres/partitions.ts';
export { createPostgresStore, type PostgresStoreOptions } from './postgres/postgres-store.ts';
export {
  type DataKeyRecord,
  type DataSubjectRecord,
  type EventRecord,
  type StoredEvent,
  type WireRow,
} from './record.ts';
export { loadTenantKeys, parseTenantKeys, type TenantKeys, tenantKeysIn } from './sealing/tenant-keys.ts';
export { createVault, type Vault } from './sealing/vault.ts';
export { type Loaded, type StoredSnapshot } from './snapshot.ts';
export { type StreamTail } from './stream-tail.ts';
