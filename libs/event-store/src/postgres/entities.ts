import { EntitySchema } from 'typeorm';
import { type OpenSession } from '../event-store.ts';
import { type DataKeyRecord, type DataSubjectRecord, type StoredEvent } from '../record.ts';
import { type StoredSnapshot } from '../snapshot.ts';

/** A row of the log as the database holds it; appends and reads go past the entity manager (design K5). */
export const EventEntity = new EntitySchema<Omit<StoredEvent, 'at'> & { readonly at: Date }>({
  name: 'Event',
  tableName: 'events',
  synchronize: false,
  columns: {
    sessionId: { name: 'session_id', type: 'uuid', primary: true },
    seq: { type: 'integer', primary: true },
    lane: { type: 'integer' },
    wpos: { type: 'bigint' },
    epoch: { type: 'integer' },
    tenant: { type: 'text' },
    type: { type: 'text' },
    version: { type: 'smallint' },
    target: { type: 'text' },
    at: { type: 'timestamptz', precision: 3 },
    name: { type: 'text', nullable: true },
    data: { type: 'jsonb' },
    pii: { type: 'bytea', nullable: true },
    keyId: { name: 'key_id', type: 'uuid', nullable: true },
    meta: { type: 'jsonb' },
    hash: { type: 'bytea' },
  },
});

export const OpenSessionEntity = new EntitySchema<OpenSession>({
  name: 'OpenSession',
  tableName: 'open_sessions',
  columns: {
    tenant: { type: 'text', primary: true },
    processor: { type: 'text', primary: true },
    agentId: { name: 'agent_id', type: 'text', primary: true },
    sessionId: { name: 'session_id', type: 'uuid', unique: true },
  },
});

/** An appender's connection: who opened it, and who closed it after it was left or lost. */
export interface LaneRow {
  readonly id: number;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly lastWpos: string | null;
}

export const LaneEntity = new EntitySchema<LaneRow>({
  name: 'Lane',
  tableName: 'lanes',
  columns: {
    id: { type: 'integer', primary: true, generated: 'increment' },
    openedBy: { name: 'opened_by', type: 'text' },
    openedAt: { name: 'opened_at', type: 'timestamptz', precision: 3, default: () => 'now()' },
    closedBy: { name: 'closed_by', type: 'text', nullable: true },
    closedAt: { name: 'closed_at', type: 'timestamptz', precision: 3, nullable: true },
    lastWpos: { name: 'last_wpos', type: 'bigint', nullable: true },
  },
  indices: [{ name: 'lanes_open', columns: ['id'], where: 'closed_at IS NULL' }],
});

/** A session worker; `reads` is the highest row version that it reads. */
interface WorkerRow {
  readonly id: string;
  readonly beatAt: Date;
  readonly reads: number;
}

export const WorkerEntity = new EntitySchema<WorkerRow>({
  name: 'Worker',
  tableName: 'workers',
  columns: {
    id: { type: 'text', primary: true },
    beatAt: { name: 'beat_at', type: 'timestamptz', precision: 3 },
    reads: { type: 'smallint', default: 1 },
  },
});

export const SnapshotEntity = new EntitySchema<StoredSnapshot>({
  name: 'Snapshot',
  tableName: 'snapshots',
  columns: {
    sessionId: { name: 'session_id', type: 'uuid', primary: true },
    tenant: { type: 'text' },
    seq: { type: 'integer' },
    schema: { type: 'text' },
    body: { type: 'bytea' },
  },
  checks: [{ name: 'snapshots_seq_check', expression: '(seq >= 1)' }],
  foreignKeys: [
    {
      name: 'snapshots_session_id_fkey',
      target: 'OpenSession',
      columnNames: ['sessionId'],
      referencedColumnNames: ['sessionId'],
      onDelete: 'CASCADE',
    },
  ],
});

interface FollowerRow {
  readonly name: string;
  readonly done: number;
  readonly lanes: Readonly<Record<number, number>>;
  readonly savedAt: Date;
}

export const FollowerEntity = new EntitySchema<FollowerRow>({
  name: 'Follower',
  tableName: 'followers',
  columns: {
    name: { type: 'text', primary: true },
    done: { type: 'integer' },
    lanes: { type: 'jsonb' },
    savedAt: { name: 'saved_at', type: 'timestamptz', precision: 3, default: () => 'now()' },
  },
});

export const DataKeyEntity = new EntitySchema<DataKeyRecord>({
  name: 'DataKey',
  tableName: 'data_keys',
  columns: {
    keyId: { name: 'key_id', type: 'uuid', primary: true },
    tenant: { type: 'text' },
    sessionId: { name: 'session_id', type: 'uuid' },
    scope: { type: 'text' },
    wrapped: { type: 'bytea', nullable: true },
  },
  indices: [{ name: 'data_keys_session', columns: ['sessionId'] }],
});

export const DataSubjectEntity = new EntitySchema<DataSubjectRecord>({
  name: 'DataSubject',
  tableName: 'data_subjects',
  columns: {
    tenant: { type: 'text', primary: true },
    subject: { type: 'bytea', primary: true },
    keyId: { name: 'key_id', type: 'uuid', primary: true },
  },
});
