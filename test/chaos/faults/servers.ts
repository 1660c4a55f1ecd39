import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { type Town } from '../town/town.ts';
import { between, type Fault, type Scene } from './fault.ts';

const asAdmin = async <T>(town: Town, act: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: town.database.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const TERMINATE = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND usename = 'cordboard_app'`;

/** Those that are in the middle of a statement first; in the end all. */
const terminated = ({ town, random }: Scene): Promise<void> =>
  asAdmin(town, async (client) => {
    for (let round = 0; round < 20; round += 1) {
      const { rowCount } = await client.query(
        `${TERMINATE} AND state = 'active' AND query LIKE '%INSERT INTO events%'`,
      );
      if ((rowCount ?? 0) > 0) return;
      await delay(random.int(10));
    }
    await client.query(TERMINATE);
  });

const crashed = async ({ town, random, patience }: Scene): Promise<void> => {
  await town.database.crash?.();
  await delay(between(random, 100, 1_500 * patience));
  await town.database.restart();
};

const natsKilled = async ({ town, random, patience }: Scene): Promise<void> => {
  await town.nats.kill();
  await delay(between(random, 100, 1_000 * patience));
  await town.nats.restart();
};

/** A long transaction elsewhere in the database, with a snapshot and an id of its own; what follows the log goes on. */
const longTransaction = (scene: Scene): Promise<void> =>
  asAdmin(scene.town, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await client.query('SELECT pg_current_xact_id(), (SELECT count(*) FROM events)');
    await delay(between(scene.random, 2_000, 5_000 * scene.patience));
    await client.query('ROLLBACK');
  });

const CORRUPT = `
UPDATE snapshots SET body = CASE WHEN random() < 0.5 THEN set_byte(body, length(body) / 2, get_byte(body, length(body) / 2) # 255)
  ELSE substr(body, 1, length(body) / 2) END`;

/** Cached states are spoilt and moved, then every owner dies: each is folded again from the log. */
const corrupted = async ({ town }: Scene): Promise<void> => {
  await asAdmin(town, async (client) => {
    await client.query(CORRUPT);
    await client.query(`UPDATE snapshots SET seq = seq - 1 WHERE random() < 0.3 AND seq > 1`);
  });
  await Promise.all(town.workers.map(({ app }) => app.kill()));
};

export const SERVER_FAULTS: readonly Fault[] = [
  { name: 'backend-terminated', about: 'backends are ended in the middle of a batch', strike: terminated },
  {
    name: 'postgres-restart',
    about: 'Postgres is stopped hard and started again',
    strike: crashed,
    ownDatabase: true,
  },
  { name: 'nats-restart', about: 'NATS is killed and started again', strike: natsKilled },
  {
    name: 'long-transaction',
    about: 'a transaction stays open elsewhere in the database',
    strike: longTransaction,
    unnoticed: true,
  },
  {
    name: 'snapshot-corrupted',
    about: 'cached states are spoilt, then all owners are killed',
    strike: corrupted,
  },
];
