import { type PoolClient } from 'pg';
import { type DataSource } from 'typeorm';
import { type Job, type JobLock } from '../lanes.ts';
import { timed } from './ask.ts';
import { FEED_JOB, JOB_LOCK } from './locks.ts';

const NUMBERS: Readonly<Record<Job, number>> = { feed: FEED_JOB };

const PING_MS = 1_000;
const ANSWER_MS = 3_000;

// The server ends the connection of a holder that stands still, or whose machine is gone without a word.
const GIVE_UP = `SET idle_session_timeout = '5s'; SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 1`;

const TAKE = 'SELECT pg_try_advisory_lock($1, $2) AS taken';

const watch = (client: PoolClient, lose: (reason: string) => void): (() => void) => {
  let asking = false;
  const ping = setInterval(() => {
    if (asking) return;
    asking = true;
    client.query(timed({ text: 'SELECT 1' }, ANSWER_MS)).then(
      () => (asking = false),
      (error: unknown) => lose(String(error)),
    );
  }, PING_MS);
  return () => clearInterval(ping);
};

/** Tells, once, when the lock is gone; the connection goes with it, and the lock with the connection. */
const hold = (client: PoolClient, giveBack: () => void): JobLock => {
  let over = false;
  let tell: (reason: string) => void = () => undefined;
  const lost = new Promise<string>((resolve) => (tell = resolve));
  const leave = (reason: string): void => {
    if (over) return;
    over = true;
    unwatch();
    client.end().catch(() => undefined);
    giveBack();
    tell(reason);
  };
  client.on('error', ({ message }) => leave(message));
  client.on('end', () => leave('the connection ended'));
  const unwatch = watch(client, leave);
  return { lost, release: async () => leave('it was released') };
};

/** Takes the lock of a job on a connection of its own; null when another has it. Throws when there is no database. */
export const takeJob = async (dataSource: DataSource, job: Job): Promise<JobLock | null> => {
  const runner = dataSource.createQueryRunner();
  const giveBack = (): void => void runner.release();
  const client = (await runner.connect()) as PoolClient;
  try {
    const take = { text: TAKE, values: [JOB_LOCK, NUMBERS[job]] };
    const { rows } = await client.query<{ taken: boolean }>(timed(take, ANSWER_MS));
    if (rows[0]?.taken === true) {
      await client.query(timed({ text: GIVE_UP }, ANSWER_MS));
      return hold(client, giveBack);
    }
  } catch (error) {
    client.end().catch(() => undefined);
    giveBack();
    throw error;
  }
  giveBack();
  return null;
};
