import { type DataSource, type EntityManager } from 'typeorm';
import { openDataSource } from './data-source.ts';
import { JOB_LOCK, PARTITION_JOB } from './locks.ts';

const MONTHS_BACK = 1;
const MONTHS_AHEAD = 3;

interface Partition {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The lowest UUIDv7 of a moment, without version bits: every id made then or later is greater. */
const lowestId = (at: number): string => {
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};

/** The month that lies `offset` months from the one of `now`. */
const partitionAt = (now: number, offset: number): Partition => {
  const start = new Date(now);
  const from = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + offset, 1);
  const to = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + offset + 1, 1);
  const [year, month] = new Date(from).toISOString().split('-');
  return { name: `events_${year}_${month}`, from: lowestId(from), to: lowestId(to) };
};

/** The partitions that must stand at a moment (ms since the epoch): from a month back to three months ahead. */
export const partitionsAround = (now: number): readonly Partition[] =>
  Array.from({ length: MONTHS_BACK + 1 + MONTHS_AHEAD }, (_, index) => partitionAt(now, index - MONTHS_BACK));

/** Attaching lets appends go on, where creating the partition in place would lock the whole log. */
const attach = async (manager: EntityManager, { name, from, to }: Partition): Promise<void> => {
  await manager.query(
    `CREATE TABLE ${name} (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)`,
  );
  await manager.query(`ALTER TABLE events ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`);
};

/** As `ensurePartitions`, on a connection of the owner's that is there already. */
export const ensurePartitionsOn = (dataSource: DataSource, now?: number): Promise<readonly string[]> =>
  dataSource.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [JOB_LOCK, PARTITION_JOB]);
    const [clock] = await manager.query<{ now: Date }[]>('SELECT now() AS now');
    const present = await manager.query<{ name: string }[]>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'events'::regclass`,
    );
    const names = new Set(present.map(({ name }) => name));
    const missing = partitionsAround(now ?? clock?.now.getTime() ?? 0).filter(({ name }) => !names.has(name));
    for (const partition of missing) await attach(manager, partition);
    return missing.map(({ name }) => name);
  });

/**
 * Makes the partitions of the log that are missing, as the owner; says which it made. Run it at least once a
 * month: without a partition for its month a new session is refused. Any number may run at once.
 */
export const ensurePartitions = async (ownerUrl: string): Promise<readonly string[]> => {
  const dataSource = await openDataSource({ url: ownerUrl, name: 'cordboard partitions', connections: 1 });
  try {
    return await ensurePartitionsOn(dataSource);
  } finally {
    await dataSource.destroy();
  }
};
