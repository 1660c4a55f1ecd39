import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Tables of the log (design K2, K3, K8, K15 and the event record). */
const STATEMENTS = [
  `CREATE TABLE events (
    session_id uuid NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    lane integer NOT NULL,
    wpos bigint NOT NULL,
    epoch integer NOT NULL,
    tenant text NOT NULL,
    type text NOT NULL,
    version smallint NOT NULL CHECK (version >= 1),
    target text NOT NULL,
    at timestamptz(3) NOT NULL,
    name text,
    data jsonb NOT NULL,
    pii bytea,
    key_id uuid,
    meta jsonb NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (session_id, seq)
  ) PARTITION BY RANGE (session_id)`,
  // A lane has one writer, which makes the pair unique; no unique index can span partitions.
  'CREATE INDEX events_lane ON events (lane, wpos)',
  'CREATE INDEX events_sessions ON events (tenant, session_id) WHERE seq = 1',
  `CREATE INDEX events_claims ON events (session_id, seq) WHERE type = 'OwnershipClaimed'`,
  'CREATE INDEX events_newer_versions ON events (session_id, version) WHERE version > 1',
  `CREATE TABLE open_sessions (
    tenant text NOT NULL,
    processor text NOT NULL,
    agent_id text NOT NULL,
    session_id uuid NOT NULL UNIQUE,
    PRIMARY KEY (tenant, processor, agent_id)
  )`,
  `CREATE TABLE lanes (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    opened_by text NOT NULL,
    opened_at timestamptz(3) NOT NULL DEFAULT now(),
    closed_by text,
    closed_at timestamptz(3),
    last_wpos bigint
  )`,
  `CREATE TABLE workers (
    id text PRIMARY KEY,
    beat_at timestamptz(3) NOT NULL
  )`,
  `CREATE TABLE data_keys (
    key_id uuid PRIMARY KEY,
    tenant text NOT NULL,
    session_id uuid NOT NULL,
    scope text NOT NULL,
    wrapped bytea
  )`,
  'CREATE INDEX data_keys_session ON data_keys (session_id)',
  `CREATE TABLE data_subjects (
    tenant text NOT NULL,
    subject bytea NOT NULL,
    key_id uuid NOT NULL,
    PRIMARY KEY (tenant, subject, key_id)
  )`,
];

const TABLES = ['data_subjects', 'data_keys', 'workers', 'lanes', 'open_sessions', 'events'];

export class CreateLog1795262400000 implements MigrationInterface {
  readonly name = 'CreateLog1795262400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}
