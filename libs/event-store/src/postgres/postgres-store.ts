import { type DataSource } from 'typeorm';
import { type EventStore } from '../event-store.ts';
import { Appender } from './append/appender.ts';
import { openLane } from './append/lane.ts';
import { openDataSource } from './data-source.ts';
import { takeJob } from './job-lock.ts';
import { createLaneLife } from './lane-life.ts';
import { createLaneTable } from './lane-table.ts';
import { createGroupReads } from './reads/group-reads.ts';
import { createLists } from './reads/lists.ts';
import { forget, saveSnapshots } from './snapshots.ts';
import { createWorkers } from './workers.ts';

export interface PostgresStoreOptions {
  /** The application's role; the owner has no business here. */
  readonly url: string;
  /** Who opens lanes, as the table of lanes names it. */
  readonly workerId: string;
  /** Connections for reading, beside the lane's own; 4 when absent. */
  readonly readers?: number | undefined;
  /**
   * Its connections are made at the start and kept: when thousands of sessions come in one burst they are there. Off
   * when absent.
   */
  readonly keepsConnections?: boolean | undefined;
  /** How long an append may go unanswered before its outcome counts as unknown; 5,000 when absent. */
  readonly answerTimeoutMs?: number | undefined;
  /** How long the reads that a claim waits for may go unanswered; 3,000 when absent. */
  readonly readTimeoutMs?: number | undefined;
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
const LONGEST_MS = 35_000;
const READ_TIMEOUT_MS = 3_000;
/** Beside the readers: one for the lane, one for the lock of a job. */
const OWN_CONNECTIONS = 2;

const createAppender = (
  dataSource: DataSource,
  options: PostgresStoreOptions,
  onLaneLeft: (lane: number) => void,
): Appender => {
  const { workerId, answerTimeoutMs = ANSWER_TIMEOUT_MS } = options;
  return new Appender({
    openLane: () => openLane(dataSource, { openedBy: workerId, answerTimeoutMs }),
    onLaneLeft,
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
  const { url, workerId, readers = READERS, onTrouble = () => undefined } = options;
  const { readTimeoutMs = READ_TIMEOUT_MS } = options;
  const dataSource = await openDataSource({
    url,
    name: `cordboard ${workerId}`,
    connections: readers + OWN_CONNECTIONS,
    keepsConnections: options.keepsConnections,
    answerTimeoutMs: LONGEST_MS,
    onConnectionLost: onTrouble,
  });
  const { left, closeDeadLanes } = createLaneLife({
    dataSource,
    workerId,
    own: () => appender.mark?.lane,
    onTrouble: (error) => onTrouble(error instanceof Error ? error : new Error(String(error))),
  });
  const appender: Appender = createAppender(dataSource, options, left);
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    await appender.close();
    await dataSource.destroy();
  };
  return {
    ...createLists(dataSource, readTimeoutMs),
    ...createGroupReads(dataSource, readTimeoutMs),
    ...createWorkers(dataSource, readTimeoutMs),
    ...createLaneTable(dataSource, readTimeoutMs),
    closeDeadLanes,
    append: (append) => appender.append(append),
    pressure: () => appender.pressure,
    openLane: () => appender.open(),
    lane: () => appender.mark,
    lock: (job) => takeJob(dataSource, job),
    saveSnapshots: (snapshots) => saveSnapshots(dataSource, snapshots),
    forget: (tenant, subject) => forget(dataSource, tenant, subject),
    close: () => (closing ??= close()),
  };
};
