import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Cached states, followers of the whole log, and what each worker reads (design K3, K14, K22). */
const STATEMENTS = [
  // Ending a session takes its cached state along, whoever writes at the same time.
  `CREATE TABLE snapshots (
    session_id uuid PRIMARY KEY REFERENCES open_sessions (session_id) ON DELETE CASCADE,
    tenant text NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    schema text NOT NULL,
    body bytea NOT NULL
  )`,
  // Sealed bytes do not shrink.
  'ALTER TABLE snapshots ALTER COLUMN body SET STORAGE EXTERNAL',
  `CREATE TABLE followers (
    name text PRIMARY KEY,
    done integer NOT NULL,
    lanes jsonb NOT NULL,
    saved_at timestamptz(3) NOT NULL DEFAULT now()
  )`,
  'ALTER TABLE workers ADD COLUMN reads smallint NOT NULL DEFAULT 1',
  'CREATE INDEX lanes_open ON lanes (id) WHERE closed_at IS NULL',
];

const UNDO = [
  'DROP INDEX lanes_open',
  'ALTER TABLE workers DROP COLUMN reads',
  'DROP TABLE followers',
  'DROP TABLE snapshots',
];

export class FollowLog1795305600000 implements MigrationInterface {
  readonly name = 'FollowLog1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of UNDO) await runner.query(statement);
  }
}
