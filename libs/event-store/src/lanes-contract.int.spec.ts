import { eventually, type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import { Client } from 'pg';
import { advance } from './chain.ts';
import { type EventStore } from './event-store.ts';
import { createFollower } from './follower/follower.ts';
import { type JobLock, type LaneMark } from './lanes.ts';
import { emptyLog, type MemoryLog } from './memory/memory-log.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { JOB_LOCK, LANE_LOCK } from './postgres/locks.ts';
import { createPostgresStore } from './postgres/postgres-store.ts';
import { type StoredEvent } from './record.ts';
import { draft, type Writer, writerOf } from './specimen.ts';

let database: PrivateDatabase;
let admin: Client;
let log: MemoryLog;
const openers: Readonly<Record<string, (workerId: string) => Promise<EventStore>>> = {
  memory: async (workerId) => createMemoryStore({ log, workerId }),
  Postgres: (workerId) => createPostgresStore({ url: database.applicationUrl, workerId, readers: 2 }),
};
const clock = {
  now: () => Date.now(),
  after: (ms: number, task: () => void) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

beforeAll(async () => {
  database = await privateDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  log = emptyLog();
}, 120_000);
afterAll(async () => {
  await admin.end();
  await database.drop();
});

let names = 0;
const fresh = (): string => `n${String((names += 1))}`;
const STALE_MS = 60_000;
/** By this every lane that stands is old, and every worker silent. */
const AT_ONCE_MS = -1_000;

describe.each(Object.keys(openers))('lanes in %s', (kind) => {
  let stores: EventStore[] = [];
  const open = async (workerId = fresh()): Promise<EventStore> => {
    const store = await openers[kind]!(workerId);
    stores.push(store);
    return store;
  };
  const write = async (store: EventStore, writer: Writer, rows = 1): Promise<LaneMark> => {
    const stored = await store.append(writer.next(Array.from({ length: rows }, () => draft())));
    if (!stored.ok) throw new Error(stored.error.kind);
    return { lane: stored.value.lane, wpos: stored.value.wpos + rows - 1 };
  };
  /** As if the lane had been opened an hour ago. */
  const age = async (lane: number): Promise<void> => {
    if (kind === 'memory') Object.assign(log.lanes[lane - 1]!, { openedAt: 0 });
    else await admin.query(`UPDATE lanes SET opened_at = now() - interval '1 hour' WHERE id = $1`, [lane]);
  };
  const infoOf = async (store: EventStore, lane: number) => (await store.lanes(lane - 1))[0];
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
  });

  it('are opened when asked for, else with the first append', async () => {
    const [eager, lazy] = [await open('eager'), await open('lazy')];
    expect([eager.lane(), lazy.lane()]).toEqual([null, null]);
    await eager.openLane();
    await eager.openLane();
    const { lane } = eager.lane()!;
    expect(eager.lane()).toEqual({ lane, wpos: 0 });
    const info = { lane, openedBy: 'eager', closed: false, lastWpos: 0 };
    expect(await lazy.lanes(lane - 1)).toEqual([info]);
    expect(await write(eager, writerOf('t'), 3)).toEqual({ lane, wpos: 3 });
    expect(eager.lane()).toEqual({ lane, wpos: 3 });
    expect(await write(lazy, writerOf('t'))).toEqual({ lane: lane + 1, wpos: 1 });
    expect(await infoOf(lazy, lane)).toEqual({ ...info, lastWpos: 3 });
    await eager.close();
    expect(await infoOf(lazy, lane)).toEqual({ ...info, closed: true, lastWpos: 3 });
  });

  it('are read in their order, in pages', async () => {
    const store = await open();
    const { lane } = await write(store, writerOf('t'), 3);
    await write(store, writerOf('t'), 2);
    const places = async (after: number, limit: number) =>
      (await store.readLane(lane, after, limit)).map(({ wpos }) => wpos);
    expect(await places(0, 4)).toEqual([1, 2, 3, 4]);
    expect(await places(4, 4)).toEqual([5]);
    expect(await places(5, 4)).toEqual([]);
    expect(await store.readLane(1_000_000, 0, 4)).toEqual([]);
  });

  it('are read past rows that were archived, however many', async () => {
    const store = await open();
    const { lane } = await write(store, writerOf('t'), 3);
    if (kind === 'memory') log.lanes[lane - 1]!.rows.splice(0, 2);
    else await admin.query('DELETE FROM events WHERE lane = $1 AND wpos <= 2', [lane]);
    expect((await store.readLane(lane, 0, 1)).map(({ wpos }) => wpos)).toEqual([3]);
  });

  it('are read in pages of bounded size, of one row at least', async () => {
    const store = await open();
    const large = (mib: number) => draft({ data: { text: 'x'.repeat(mib * 1024 * 1024) } });
    const stored = await store.append(writerOf('t').next([large(2), large(1), large(2), large(5)]));
    const { lane } = stored.ok ? stored.value : { lane: 0 };
    const pages: (readonly number[])[] = [];
    for (let after = 0; after < 4; after = pages.at(-1)!.at(-1)!) {
      pages.push((await store.readLane(lane, after, 500)).map(({ wpos }) => wpos));
    }
    expect(pages).toEqual([[1, 2], [3], [4]]);
  });

  it('are closed by others when their worker is silent, and nothing is lost or written twice', async () => {
    const [closer, silent, living] = [await open(), await open(), await open('living')];
    const writer = writerOf('t');
    const { lane } = await write(silent, writer, 2);
    const other = await write(living, writerOf('t'));
    await closer.beat('living', 1);
    expect(await closer.closeDeadLanes('closer', STALE_MS)).toEqual([]);
    await Promise.all([age(lane), age(other.lane)]);
    await write(closer, writerOf('t'));
    await age(closer.lane()!.lane);
    expect(await closer.closeDeadLanes('closer', STALE_MS)).toEqual([{ lane, wpos: 2 }]);
    expect(await closer.closeDeadLanes('closer', STALE_MS)).toEqual([]);
    expect(await infoOf(closer, lane)).toMatchObject({ closed: true, lastWpos: 2 });
    expect(await infoOf(closer, other.lane)).toMatchObject({ closed: false });

    await eventually(() => silent.lane() === null);
    const again = await write(silent, writer);
    expect(again).toEqual({ lane: expect.any(Number) as number, wpos: 1 });
    expect(again.lane).toBeGreaterThan(other.lane);
    expect(await closer.readLane(lane, 2, 10)).toEqual([]);
    expect((await closer.read(writer.sessionId)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('keep the checkpoints of followers', async () => {
    const [store, other] = [await open(), await open()];
    expect(await store.checkpoint('a')).toBeNull();
    await store.saveCheckpoint('a', { done: 0, lanes: {} });
    await store.saveCheckpoint('a', { done: 3, lanes: { 4: 7, 12: 9_000_000_000 } });
    const kept = { done: 3, lanes: { 4: 7, 12: 9_000_000_000 } };
    expect(await other.checkpoint('a')).toEqual(kept);
    // Of somebody who went on although another had taken over.
    await other.saveCheckpoint('a', { done: 2, lanes: { 3: 1, 4: 7, 12: 9_000_000_000 } });
    await other.saveCheckpoint('a', { done: 3, lanes: { 4: 9, 12: 8 } });
    await other.saveCheckpoint('a', { done: 4, lanes: { 13: 1 } });
    expect(await store.checkpoint('a')).toEqual(kept);
    await other.saveCheckpoint('a', { done: 4, lanes: { 12: 9_000_000_001 } });
    expect(await store.checkpoint('a')).toEqual({ done: 4, lanes: { 12: 9_000_000_001 } });
  });

  it('are followed by one at a time', async () => {
    const [store, other] = [await open(), await open()];
    const held = await store.lock('feed');
    expect(await other.lock('feed')).toBeNull();
    expect(await store.lock('feed')).toBeNull();
    await held!.release();
    expect(await held!.lost).toBe('it was released');
    let next: JobLock | null = null;
    await eventually(async () => (next = await other.lock('feed')) !== null);
    expect(await store.lock('feed')).toBeNull();
    await other.close();
    await eventually(async () => (next = await store.lock('feed')) !== null);
    await next!.release();
  });

  it('are followed whole, in order within each session, while a transaction stays open elsewhere', async () => {
    const [one, two, reader] = [await open(), await open(), await open()];
    const tenant = fresh();
    const listeners = new Set<(mark: LaneMark) => void>();
    const rows: StoredEvent[] = [];
    const started = {
      log: reader,
      signals: {
        subscribe: (listener: (mark: LaneMark) => void) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      clock,
      onRows: (given: readonly StoredEvent[]) =>
        void rows.push(...given.filter((row) => row.tenant === tenant)),
    };
    await admin.query('BEGIN');
    await admin.query('CREATE TABLE held_open (id integer)');
    try {
      const writers = Array.from({ length: 20 }, () => writerOf(tenant));
      for (let round = 0; round < 6; round += 1) {
        await Promise.all(writers.map((writer, n) => write((round + n) % 2 ? one : two, writer, 10)));
      }
      const first = createFollower({ ...started, from: null });
      await first.caughtUp();
      await first.stop();
      const second = createFollower({ ...started, from: first.checkpoint() });
      await second.caughtUp();
      expect(rows).toHaveLength(1_200);
      const mark = await write(one, writers[0]!);
      for (const listener of listeners) listener(mark);
      await eventually(() => rows.length === 1_201);
      await one.close();
      await write(two, writers[0]!);
      await second.caughtUp();
      await second.stop();
    } finally {
      await admin.query('ROLLBACK');
    }
    const last = new Map<string, number>();
    for (const { sessionId, seq } of rows) {
      expect(seq).toBe((last.get(sessionId) ?? 0) + 1);
      last.set(sessionId, seq);
    }
    expect(rows).toHaveLength(1_202);
  });
});

describe('a worker that stood still in Postgres', () => {
  it('loses its lane in the middle of its work, and what it wrote stands once', async () => {
    const url = database.applicationUrl;
    const [frozen, closer] = await Promise.all([
      createPostgresStore({ url, workerId: 'frozen' }),
      createPostgresStore({ url, workerId: 'closer' }),
    ]);
    await closer.beat('closer', 1);
    let closing = true;
    const closes = (async () => {
      const marks: LaneMark[] = [];
      while (closing) marks.push(...(await closer.closeDeadLanes('closer', AT_ONCE_MS)));
      return marks;
    })();
    const acknowledged = new Map<string, number>();
    const work = async (): Promise<void> => {
      const writer = writerOf('frozen');
      let from = writer;
      for (let n = 0; n < 25; n += 1) {
        const before = from.head();
        const stored = await frozen.append(from.next([draft()]));
        if (stored.ok) acknowledged.set(writer.sessionId, from.head().seq);
        else {
          const tail = (await closer.read(writer.sessionId)).at(-1);
          from = writerOf('frozen', tail === undefined ? before : advance(before, tail));
        }
      }
    };
    await Promise.all(Array.from({ length: 12 }, work));
    closing = false;
    const marks = await closes;
    await Promise.all([frozen.close(), closer.close()]);
    expect(marks.length).toBeGreaterThan(0);
    const { rows } = await admin.query<{ session_id: string; n: number; last: number; tail: number }>(
      `SELECT session_id, count(*)::integer AS n, max(seq) AS last FROM events WHERE tenant = 'frozen' GROUP BY 1`,
    );
    for (const { session_id, n, last } of rows) {
      expect(n).toBe(last);
      expect(n).toBeGreaterThanOrEqual(acknowledged.get(session_id) ?? 0);
    }
    const lanes = await admin.query<{ lane: number }>(
      `SELECT lane FROM events e JOIN lanes l ON l.id = e.lane WHERE opened_by = 'frozen'
       GROUP BY lane, last_wpos HAVING count(*) <> max(wpos) OR min(wpos) <> 1
         OR count(DISTINCT wpos) <> count(*) OR (last_wpos IS NOT NULL AND last_wpos <> max(wpos))`,
    );
    expect(lanes.rows).toEqual([]);
    expect(new Set(marks.map(({ lane }) => lane)).size).toBe(marks.length);
  });

  it('has its lane closed when only the connection is gone, by whoever looks first', async () => {
    const store = await createPostgresStore({ url: database.applicationUrl, workerId: 'living' });
    await store.openLane();
    const { lane } = store.lane()!;
    await store.beat('living', 1);
    await admin.query(
      'SELECT pg_terminate_backend(pid) FROM pg_locks WHERE classid = $1 AND objid = $2 AND objsubid = 2',
      [LANE_LOCK, lane],
    );
    await admin.query(`UPDATE lanes SET opened_at = now() - interval '1 hour' WHERE id = $1`, [lane]);
    let closed: readonly LaneMark[] = [];
    await eventually(async () => (closed = await store.closeDeadLanes('living', STALE_MS)).length > 0);
    expect(closed).toEqual([{ lane, wpos: 0 }]);
    await store.close();
  });

  it('is looked after by several at once, none of whom gets in the way of another', async () => {
    const troubles: string[] = [];
    const closers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        createPostgresStore({
          url: database.applicationUrl,
          workerId: `closer-${String(n)}`,
          onTrouble: ({ message }) => troubles.push(message),
        }),
      ),
    );
    const dead = await admin.query<{ id: number }>(
      `INSERT INTO lanes (opened_by, opened_at) SELECT 'dead', now() - interval '1 hour' FROM generate_series(1, 30) RETURNING id`,
    );
    const marks = (await Promise.all(closers.map((store) => store.closeDeadLanes('me', STALE_MS)))).flat();
    await Promise.all(closers.map((store) => store.close()));
    expect(troubles).toEqual([]);
    const closed = new Set(marks.map(({ lane }) => lane));
    expect(dead.rows.filter(({ id }) => !closed.has(id))).toEqual([]);
    expect(closed.size).toBe(marks.length);
  });

  it('loses the lock of a job with its connection', async () => {
    const store = await createPostgresStore({ url: database.applicationUrl, workerId: fresh() });
    const held = await store.lock('feed');
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid = 3`,
      [JOB_LOCK],
    );
    expect(await held!.lost).toMatch(/terminat|ended/);
    await held!.release();
    const again = await store.lock('feed');
    expect(again).not.toBeNull();
    await store.close();
    expect(typeof (await again!.lost)).toBe('string');
  });
});
