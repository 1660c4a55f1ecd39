import { DataSource } from 'typeorm';
import {
  DataKeyEntity,
  DataSubjectEntity,
  EventEntity,
  FollowerEntity,
  LaneEntity,
  OpenSessionEntity,
  SnapshotEntity,
  WorkerEntity,
} from './entities.ts';
import { CreateLog1795262400000 } from './migrations/create-log.ts';
import { FollowLog1795305600000 } from './migrations/follow-log.ts';

const MINIMUM_VERSION = 15;
const CONNECT_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 30_000;
/** Who stands still within a transaction must not hold its locks for long. */
const IDLE_TRANSACTION_MS = 5_000;

interface Given {
  readonly url: string;
  /** Shown by `pg_stat_activity`. */
  readonly name: string;
  readonly connections: number;
  /** All of them are made at the start and kept; else those that are idle for ten seconds are closed. */
  readonly keepsConnections?: boolean | undefined;
  /** How long to wait for an answer at all, a server that hangs included; for ever when absent. */
  readonly answerTimeoutMs?: number | undefined;
  /** Hears of an idle connection that was lost; it is replaced by itself. */
  readonly onConnectionLost?: ((error: Error) => void) | undefined;
}

const refuseOldServer = async (dataSource: DataSource): Promise<void> => {
  const [row] = await dataSource.query<{ server_version_num: string }[]>('SHOW server_version_num');
  if (Number(row?.server_version_num) >= MINIMUM_VERSION * 10_000) return;
  await dataSource.destroy();
  throw new Error(`Cordboard needs Postgres ${MINIMUM_VERSION} or newer`);
};

/** All at once, so that each is another one. What cannot be made now is made when it is needed. */
const makeConnections = async (dataSource: DataSource, count: number): Promise<void> => {
  const runners = Array.from({ length: count }, () => dataSource.createQueryRunner());
  await Promise.allSettled(runners.map((runner) => runner.connect()));
  await Promise.all(runners.map((runner) => runner.release()));
};

/** Connects; throws when the server does not answer or is too old. */
export const openDataSource = async (given: Given): Promise<DataSource> => {
  const dataSource = new DataSource({
    type: 'postgres',
    url: given.url,
    applicationName: given.name,
    poolSize: given.connections,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    installExtensions: false,
    synchronize: false,
    logging: false,
    poolErrorHandler: given.onConnectionLost ?? (() => undefined),
    extra: {
      min: given.keepsConnections === true ? given.connections : 0,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
      query_timeout: given.answerTimeoutMs,
      keepAlive: true,
      // To plan over all partitions anew takes longer than to read; the right ones are picked when it runs.
      options: '-c plan_cache_mode=force_generic_plan',
    },
    entities: [
      EventEntity,
      OpenSessionEntity,
      LaneEntity,
      WorkerEntity,
      DataKeyEntity,
      DataSubjectEntity,
      SnapshotEntity,
      FollowerEntity,
    ],
    migrations: [CreateLog1795262400000, FollowLog1795305600000],
    migrationsTableName: 'schema_migrations',
  });
  await dataSource.initialize();
  await refuseOldServer(dataSource);
  if (given.keepsConnections === true) await makeConnections(dataSource, given.connections);
  return dataSource;
};
