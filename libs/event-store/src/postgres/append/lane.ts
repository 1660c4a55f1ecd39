import { err, ok, type Result } from '@cordboard/kernel';
import { type PoolClient } from 'pg';
import { type DataSource } from 'typeorm';
import { type Statement } from '../ask.ts';
import { LANE_LOCK } from '../locks.ts';
import { appendStatement } from './append-statement.ts';
import { diagnoseStatement, type Finding } from './diagnose-statement.ts';
import { type EncodedAppend } from './encoded-append.ts';
import { KnownTails } from './known-tails.ts';
import { type SqlFailure, sqlFailure } from './sql-failure.ts';

/** One appender connection with its own gapless order (design K3). One statement at a time. */
export interface Lane {
  readonly id: number;
  /** The last place known to be stored. */
  readonly wpos: () => number;
  /** The connection is gone. */
  readonly isLost: () => boolean;
  /** Stores a batch; gives the place of each append's first row. */
  readonly write: (appends: readonly EncodedAppend[]) => Promise<Result<readonly number[], SqlFailure>>;
  readonly diagnose: (appends: readonly EncodedAppend[]) => Promise<Result<readonly Finding[], SqlFailure>>;
  /** Ends the connection without waiting for the server. */
  readonly abandon: () => void;
  /** Ends it in order and says so in the table of lanes. */
  readonly close: (closedBy: string) => Promise<void>;
}

interface Given {
  readonly openedBy: string;
  /** How long a statement may go unanswered. */
  readonly answerTimeoutMs: number;
}

// The row and the lock appear together, so that nobody takes the lane for a dead one.
const OPEN_LANE = `
WITH lane AS (INSERT INTO lanes (opened_by) VALUES ($1) RETURNING id)
SELECT id, pg_try_advisory_lock(${LANE_LOCK}, id) FROM lane`;

const CLOSE_LANE = `UPDATE lanes SET closed_by = $2, closed_at = now(), last_wpos = $3 WHERE id = $1`;

/** Rows of one session in order, sessions by id: two stores that write the same sessions never wait in a ring. */
const bySession = (one: EncodedAppend, other: EncodedAppend): number => {
  if (one.sessionId === other.sessionId) return 0;
  return one.sessionId < other.sessionId ? -1 : 1;
};

/** A record that breaks its types is a mistake of ours: it is found and refused like a row that the database refuses. */
const made = (make: () => Statement): Result<Statement, SqlFailure> => {
  try {
    return ok(make());
  } catch (error) {
    return err({ kind: 'row', reason: String(error) });
  }
};

const setUp = async (client: PoolClient, { openedBy, answerTimeoutMs }: Given): Promise<number> => {
  const limit = { query_timeout: answerTimeoutMs };
  await client.query({ text: `SET statement_timeout = ${answerTimeoutMs}`, ...limit });
  await client.query({ text: 'SET plan_cache_mode = force_generic_plan', ...limit });
  const { rows } = await client.query<{ id: number }>({ text: OPEN_LANE, values: [openedBy], ...limit });
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('the database gave no lane');
  return id;
};

/** Takes a connection and a lane number that nobody had before; throws when the database cannot be reached. */
export const openLane = async (dataSource: DataSource, given: Given): Promise<Lane> => {
  const runner = dataSource.createQueryRunner();
  const client = (await runner.connect()) as PoolClient;
  let lost = false;
  let wpos = 0;
  const tails = new KnownTails();
  const leave = (): void => {
    lost = true;
    client.end().catch(() => undefined);
    void runner.release();
  };
  client.on('error', leave);
  client.on('end', leave);
  const id = await setUp(client, given).catch((error: unknown) => {
    leave();
    throw error;
  });

  const ask = async <Row extends object>(
    statement: Statement,
  ): Promise<Result<readonly Row[], SqlFailure>> => {
    const { name, text, values } = statement;
    // The server gives up first, so that most slow statements end with a known outcome.
    const query = { name, text, values: [...values], query_timeout: given.answerTimeoutMs + 500 };
    try {
      return ok((await client.query<Row>(query)).rows);
    } catch (error) {
      return err(sqlFailure(error));
    }
  };

  const write: Lane['write'] = async (appends) => {
    const sorted = appends.toSorted(bySession);
    const statement = made(() =>
      appendStatement({ lane: id, wpos, appends: sorted, toFind: tails.toFind(sorted) }),
    );
    if (!statement.ok) return statement;
    const stored = await ask(statement.value);
    if (!stored.ok) return stored;
    tails.note(sorted);
    const places = new Map<EncodedAppend, number>();
    for (const append of sorted) {
      places.set(append, wpos + 1);
      wpos += append.rows.length;
    }
    return ok(appends.map((append) => places.get(append) ?? 0));
  };

  return {
    id,
    wpos: () => wpos,
    isLost: () => lost,
    write,
    diagnose: (appends) => ask<Finding>(diagnoseStatement(appends)),
    abandon: leave,
    close: async (closedBy) => {
      await ask({ name: 'close-lane', text: CLOSE_LANE, values: [id, closedBy, wpos] });
      leave();
    },
  };
};
