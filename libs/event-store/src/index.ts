export { advance, chainHash, openingHead } from './chain.ts';
export { type Draft, type Head, type Keyring, type Recorded } from './chronicle.ts';
export {
  type Append,
  type Appended,
  type AppendError,
  type AppendOutcome,
  type EventStore,
  type OpenSession,
  type ReadRange,
  type SessionOverview,
  type StreamTail,
} from './event-store.ts';
export { forgetSubject } from './forget-subject.ts';
export { emptyLog, type MemoryLog } from './memory/memory-log.ts';
export { createMemoryStore } from './memory/memory-store.ts';
export { migrate, type Migrated } from './postgres/migrate.ts';
export { ensurePartitions } from './postgres/partitions.ts';
export { createPostgresStore, type PostgresStoreOptions } from './postgres/postgres-store.ts';
export { type DataKeyRecord, type DataSubjectRecord, type EventRecord, type StoredEvent } from './record.ts';
export { loadTenantKeys, parseTenantKeys, type TenantKeys, tenantKeysIn } from './sealing/tenant-keys.ts';
export { createVault, type Vault } from './sealing/vault.ts';
