import { type DataSource } from 'typeorm';
import { type EventStore } from '../event-store.ts';
import { Appender } from './append/appender.ts';
import { closeDeadLane } from './append/close-dead-lane.ts';
import { openLane } from './append/lane.ts';
import { openDataSource } from './data-source.ts';
import { WorkerEntity } from './entities.ts';
import { createReads } from './reads.ts';

export interface PostgresStoreOptions {
  /** The application's role; the owner has no business here. */
  readonly url: string;
  /** Who opens lanes, as the table of lanes names it. */
  readonly workerId: string;
  /** Connections for reading, beside the lane's own; 4 when absent. */
  readonly readers?: number | undefined;
  /** How long an append may go unanswered before its outcome counts as unknown; 5,000 when absent. */
  readonly answerTimeoutMs?: number | undefined;
  /** What may wait for the lane; 10,000 rows and 64 MiB when absent. */
  readonly maxWaitingRows?: number | undefined;
  readonly maxWaitingBytes?: number | undefined;
  /** Hears what the store mends by itself: a connection lost, a dead lane that could not be closed. */
  readonly onTrouble?: ((error: Error) => void) | undefined;
}

const ANSWER_TIMEOUT_MS = 5_000;
const WAITING_ROWS = 10_000;
const WAITING_BYTES = 64 * 1024 * 1024;
const READERS = 4;
/** Longer than any statement may run on the server. */
const READ_TIMEOUT_MS = 35_000;

const BEAT = `
INSERT INTO workers (id, beat_at) VALUES ($1, clock_timestamp())
ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at`;

const FORGET = `
WITH gone AS (DELETE FROM data_subjects WHERE tenant = $1 AND subject = $2 RETURNING key_id)
UPDATE data_keys k SET wrapped = NULL FROM gone WHERE k.key_id = gone.key_id AND k.wrapped IS NOT NULL`;

const createAppender = (dataSource: DataSource, options: PostgresStoreOptions): Appender => {
  const { workerId, answerTimeoutMs = ANSWER_TIMEOUT_MS, onTrouble = () => undefined } = options;
  return new Appender({
    openLane: () => openLane(dataSource, { openedBy: workerId, answerTimeoutMs }),
    onLaneLeft: (lane) => void closeDeadLane(dataSource, lane, workerId).catch(onTrouble),
    closedBy: workerId,
    limits: {
      maxRows: options.maxWaitingRows ?? WAITING_ROWS,
      maxBytes: options.maxWaitingBytes ?? WAITING_BYTES,
    },
    now: () => performance.now(),
  });
};

/**
 * The log in Postgres. Throws when the database cannot be reached at the start or is older than 15; later it
 * connects again by itself, and meanwhile appends answer `unavailable` and reads throw.
 */
export const createPostgresStore = async (options: PostgresStoreOptions): Promise<EventStore> => {
  const { url, workerId, readers = READERS, onTrouble } = options;
  const dataSource = await openDataSource({
    url,
    name: `cordboard ${workerId}`,
    connections: readers + 1,
    answerTimeoutMs: READ_TIMEOUT_MS,
    onConnectionLost: onTrouble,
  });
  const appender = createAppender(dataSource, options);
  return {
    ...createReads(dataSource),
    append: (append) => appender.append(append),
    forget: async (tenant, subject) => {
      const [, destroyed] = await dataSource.query<[unknown, number]>(FORGET, [tenant, subject]);
      return destroyed;
    },
    beat: async (id) => {
      await dataSource.query(BEAT, [id]);
    },
    retire: async (id) => {
      await dataSource.getRepository(WorkerEntity).delete({ id });
    },
    close: async () => {
      await appender.close();
      await dataSource.destroy();
    },
  };
};
