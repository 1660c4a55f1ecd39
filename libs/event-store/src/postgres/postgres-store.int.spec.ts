import { eventually, type PrivateDatabase, privateDatabase, tcpProxy } from '@cordboard/testing';
import { Client } from 'pg';
import { type Append, type EventStore } from '../event-store.ts';
import { draft, idAt, writerOf } from '../specimen.ts';
import { JOB_LOCK, LANE_LOCK, SNAPSHOT_JOB } from './locks.ts';
import { createPostgresStore, type PostgresStoreOptions } from './postgres-store.ts';

const fenced = { ok: false, error: { kind: 'fenced' } };
const stored = expect.objectContaining({ ok: true }) as unknown;
const kinds = (outcomes: readonly Awaited<ReturnType<EventStore['append']>>[]): readonly string[] =>
  outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.kind));

let database: PrivateDatabase;
let admin: Client;
let store: EventStore;
const open = (options: Partial<PostgresStoreOptions> = {}): Promise<EventStore> =>
  createPostgresStore({ url: database.applicationUrl, workerId: 'w1', ...options });
const fresh = () => writerOf('demo');
const send = (appends: readonly Append[]) => Promise.all(appends.map((append) => store.append(append)));

beforeAll(async () => {
  database = await privateDatabase();
  admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
}, 120_000);
afterAll(async () => {
  await admin.end();
  await database.drop();
});
beforeEach(async () => {
  store = await open();
});
afterEach(() => store.close());

/** Ends the backends that hold a lane, from outside. */
const endLanes = (): Promise<unknown> =>
  admin.query(
    `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
     WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.classid = $1`,
    [LANE_LOCK],
  );

/** Holds the place of a row, so that whoever writes it has to wait. */
const holdPlace = async (sessionId: string): Promise<() => Promise<void>> => {
  await admin.query('BEGIN');
  await admin.query(
    `INSERT INTO events (session_id, seq, lane, wpos, epoch, tenant, type, version, target, at, data, meta, hash)
     VALUES ($1, 1, 0, 0, 0, 't', 't', 1, 's', now(), '{}', '{}', '')`,
    [sessionId],
  );
  return async () => {
    await admin.query('ROLLBACK');
  };
};

const someoneWaits = (): Promise<unknown> =>
  eventually(async () => {
    const { rows } = await admin.query(
      `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return rows.length > 0;
  });

describe('a batch', () => {
  it('stores the others when some sessions were overtaken', async () => {
    const writers = Array.from({ length: 40 }, fresh);
    await send(writers.map((writer) => writer.next([draft()])));
    const other = await open();
    const overtaken = writers.filter((_, index) => index % 3 === 0);
    for (const writer of overtaken) {
      await other.append(writerOf('demo', writer.head()).next([draft()]));
    }
    await other.close();
    const outcomes = await send(
      writers.flatMap((writer) => [writer.next([draft()]), writer.next([draft()])]),
    );
    writers.forEach((writer, index) => {
      const mine = outcomes.slice(2 * index, 2 * index + 2);
      expect(mine).toEqual(overtaken.includes(writer) ? [fenced, fenced] : [stored, stored]);
    });
  });

  it('refuses a poisoned row alone, and what follows it', async () => {
    const writers = Array.from({ length: 30 }, fresh);
    const appends = writers.flatMap((writer, index) => [
      writer.next([draft(), draft(index === 7 ? { data: { no: '\u0000' } } : {})]),
      writer.next([draft()]),
    ]);
    const outcomes = kinds(await send(appends));
    expect(outcomes.slice(14, 16)).toEqual(['refused', 'fenced']);
    expect(outcomes.filter((kind) => kind === 'ok')).toHaveLength(58);
    expect(await store.tail(writers[7]!.sessionId)).toBeNull();
  });

  it.each([
    ['poisoned', { no: '\u0000' }, 'refused'],
    ['larger than all that may wait', { text: 'x'.repeat(200_000) }, 'overloaded'],
  ])(
    'with a row that is %s keeps neither its neighbours nor the next write of its session',
    async (_, data, kind) => {
      const tight = await open({ maxWaitingBytes: 100_000 });
      const [before, after, victim] = [fresh(), fresh(), fresh()];
      const start = victim.head();
      const outcomes = await Promise.all([
        tight.append(before.next([draft()])),
        tight.append(victim.next([draft({ data })])),
        tight.append(after.next([draft()])),
      ]);
      expect(kinds(outcomes)).toEqual(['ok', kind, 'ok']);
      const next = await Promise.all(
        [before, writerOf('demo', start), after].map((writer) => tight.append(writer.next([draft()]))),
      );
      expect(kinds(next)).toEqual(['ok', 'ok', 'ok']);
      await tight.close();
    },
  );

  it('refuses a record that breaks its types alone', async () => {
    const [before, victim, after] = [fresh(), fresh(), fresh()];
    const broken = victim.next([draft()]);
    const records = broken.records.map((record) => ({ ...record, hash: undefined as unknown as Buffer }));
    const appends = [before.next([draft()]), { ...broken, records }, after.next([draft()])];
    expect(kinds(await send(appends))).toEqual(['ok', 'refused', 'ok']);
  });

  it('refuses a session of a month that has no partition', async () => {
    const lost = idAt(Date.UTC(2001, 1, 1));
    const writer = writerOf('demo', { ...fresh().head(), sessionId: lost });
    const outcomes = await send([fresh().next([draft()]), writer.next([draft()])]);
    expect(kinds(outcomes)).toEqual(['ok', 'refused']);
    expect(outcomes[1]).toMatchObject({
      error: { reason: expect.stringContaining('no partition') as unknown },
    });
  });

  it('takes a new beginning right after a failure', async () => {
    const writer = fresh();
    const before = writer.head();
    const bad = writer.next([draft({ data: { no: '\u0000' } })]);
    const again = store
      .append(bad)
      .then(() => store.append(writerOf('demo', before).next([draft(), draft()])));
    await expect(again).resolves.toEqual(stored);
  });

  it('keeps the order of a lane gapless through failures', async () => {
    const writers = Array.from({ length: 100 }, fresh);
    const rounds = Array.from({ length: 5 }, () =>
      writers.map((writer, index) =>
        writer.next([draft(index % 10 === 3 ? { data: { no: '\u0000' } } : {})]),
      ),
    );
    await send(rounds.flat());
    const { rows } = await admin.query<{ lane: number; n: string; first: string; last: string; d: string }>(
      `SELECT lane, count(*) AS n, count(DISTINCT wpos) AS d, min(wpos) AS first, max(wpos) AS last
       FROM events GROUP BY lane`,
    );
    for (const { n, d, first, last } of rows) expect([d, first, last]).toEqual([n, '1', n]);
  });
});

describe('limits', () => {
  it('answers overloaded at once when too much waits', async () => {
    const small = await open({ maxWaitingRows: 10 });
    const writers = Array.from({ length: 12 }, fresh);
    const outcomes = await Promise.all(writers.map((writer) => small.append(writer.next([draft()]))));
    expect(kinds(outcomes)).toEqual([...Array<string>(10).fill('ok'), 'overloaded', 'overloaded']);
    const heavy = await open({ maxWaitingBytes: 1_000 });
    const big = draft({ data: { text: 'x'.repeat(1_000) } });
    expect(kinds([await heavy.append(fresh().next([big]))])).toEqual(['overloaded']);
    expect(kinds([await heavy.append(fresh().next([draft()]))])).toEqual(['ok']);
    await Promise.all([small.close(), heavy.close()]);
  });

  it('tells how full the queue is', async () => {
    const small = await open({ maxWaitingRows: 10, maxWaitingBytes: 10_000 });
    expect(small.pressure()).toBe(0);
    const waiting = [small.append(fresh().next([draft(), draft()]))];
    expect(small.pressure()).toBeCloseTo(0.2);
    waiting.push(small.append(fresh().next([draft({ data: { text: 'x'.repeat(8_000) } })])));
    expect(small.pressure()).toBeGreaterThan(0.8);
    expect(small.pressure()).toBeLessThanOrEqual(1);
    await Promise.all(waiting);
    expect(small.pressure()).toBe(0);
    await small.close();
  });

  it('stores an append that is larger than a batch', async () => {
    const writer = fresh();
    const rows = Array.from({ length: 600 }, () => draft({ data: { text: 'x'.repeat(1_000) } }));
    expect(await store.append(writer.next(rows))).toEqual(stored);
    expect((await store.tail(writer.sessionId))?.seq).toBe(600);
  });
});

describe('a lost connection', () => {
  it('in the middle of a statement leaves its outcome unknown, and a fresh lane goes on', async () => {
    const before = await store.append(fresh().next([draft()]));
    const [held, behind] = [fresh(), fresh()];
    const release = await holdPlace(held.sessionId);
    const first = store.append(held.next([draft()]));
    await someoneWaits();
    const queued = send([held.next([draft()]), behind.next([draft()])]);
    await endLanes();
    expect(kinds([await first])).toEqual(['unknown']);
    const [fencedOff, after] = await queued;
    expect(fencedOff).toEqual(fenced);
    await release();
    if (!before.ok || after?.ok !== true) throw new Error('neighbours were not stored');
    expect(after.value.lane).toBeGreaterThan(before.value.lane);
    expect(after.value.wpos).toBe(1);
    await eventually(async () => {
      const { rows } = await admin.query(
        `SELECT FROM lanes WHERE id = $1 AND closed_by = 'w1' AND closed_at IS NOT NULL AND last_wpos = 1`,
        [before.value.lane],
      );
      return rows.length === 1;
    });
  });

  it('while nothing is under way costs nothing', async () => {
    await store.append(fresh().next([draft()]));
    await endLanes();
    await eventually(async () => (await store.append(fresh().next([draft()]))).ok);
  });

  it('is taken for a statement that the server cancels in time: nothing was stored', async () => {
    const hasty = await open({ answerTimeoutMs: 200 });
    const held = fresh();
    const release = await holdPlace(held.sessionId);
    expect(kinds([await hasty.append(held.next([draft()]))])).toEqual(['unavailable']);
    await release();
    await eventually(async () => (await hasty.append(fresh().next([draft()]))).ok);
    expect(await hasty.tail(held.sessionId)).toBeNull();
    await hasty.close();
  });

  it('is taken for a server that hangs: the outcome is unknown, the stream is whole either way', async () => {
    const troubles: string[] = [];
    const hasty = await open({ answerTimeoutMs: 200, onTrouble: ({ message }) => troubles.push(message) });
    const first = fresh();
    const before = await hasty.append(first.next([draft()]));
    const { rows } = await admin.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid = $2`,
      [LANE_LOCK, before.ok ? before.value.lane : 0],
    );
    const pid = rows[0]!.pid;
    process.kill(pid, 'SIGSTOP');
    try {
      expect(kinds([await hasty.append(first.next([draft()]))])).toEqual(['unknown']);
      expect(kinds([await hasty.append(first.next([draft()]))])).toEqual(['fenced']);
      expect(kinds([await hasty.append(fresh().next([draft()]))])).toEqual(['ok']);
      await eventually(() => troubles.length > 0);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await eventually(
      async () => (await admin.query('SELECT FROM pg_stat_activity WHERE pid = $1', [pid])).rows.length === 0,
    );
    const seqs = (await hasty.read(first.sessionId)).map(({ seq }) => seq);
    expect(seqs).toEqual([1, 2].slice(0, seqs.length));
    await hasty.close();
  });
});

describe('a store that keeps its connections', () => {
  it('has all of them from the start, for a burst', async () => {
    const made = async (): Promise<number> => {
      const mine = `SELECT FROM pg_stat_activity WHERE application_name = 'cordboard keeper'`;
      return (await admin.query(mine)).rows.length;
    };
    const store = await open({ workerId: 'keeper', readers: 4, keepsConnections: true });
    expect(await made()).toBe(6);
    await store.close();
  });
});

describe('a database that hangs', () => {
  it('holds up no claim: what a claim reads gives up, and works when it is back', async () => {
    const url = new URL(database.applicationUrl);
    const proxy = await tcpProxy(Number(url.port));
    url.port = String(proxy.port);
    const remote = await open({ url: url.toString(), readTimeoutMs: 200, workerId: 'remote' });
    const { sessionId } = fresh();
    try {
      await remote.load(sessionId, 's');
      proxy.stall();
      const reads = [
        ...Array.from({ length: 1_200 }, () => remote.load(sessionId, 's')),
        remote.read(sessionId),
        remote.beat('remote', 1),
        remote.orphans(1_000, 1, 1),
        remote.lanes(0),
        remote.now(),
        remote.openSession('demo', 'sim', '1001'),
      ];
      const outcomes = await Promise.allSettled(reads);
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
      proxy.heal();
      await eventually(() => remote.load(sessionId, 's').then(Boolean, () => false));
    } finally {
      await remote.close();
      await proxy.close();
    }
  });
});

describe('keeping cached states', () => {
  it('gives way to whoever forgets a person', async () => {
    const { sessionId, tenant } = fresh();
    const snapshot = { sessionId, tenant, seq: 1, schema: 's', body: Buffer.from([1]) };
    await admin.query('SELECT pg_advisory_lock($1, $2)', [JOB_LOCK, SNAPSHOT_JOB]);
    try {
      await expect(store.saveSnapshots([snapshot])).rejects.toThrow('lock timeout');
    } finally {
      await admin.query('SELECT pg_advisory_unlock($1, $2)', [JOB_LOCK, SNAPSHOT_JOB]);
    }
    await store.saveSnapshots([snapshot]);
  });
});

describe('a worker that stands still while it keeps cached states', () => {
  it('holds up nobody who ends a session', async () => {
    const url = new URL(database.applicationUrl);
    const proxy = await tcpProxy(Number(url.port));
    url.port = String(proxy.port);
    const frozen = await open({ url: url.toString(), workerId: 'frozen' });
    const writer = fresh();
    const opens = { tenant: 'demo', processor: 'sim', agentId: writer.sessionId };
    await store.append(writer.next([draft()], { opens }));
    await admin.query('BEGIN');
    await admin.query('SELECT FROM open_sessions WHERE session_id = $1 FOR UPDATE', [writer.sessionId]);
    const { sessionId, tenant } = writer;
    const saving = frozen.saveSnapshots([
      { sessionId, tenant, seq: 1, schema: "it's", body: Buffer.from([0, 255, 92]) },
    ]);
    await someoneWaits();
    proxy.stall();
    await admin.query('ROLLBACK');
    const ended = await store.append(writer.next([draft()], { closes: true }));
    proxy.heal();
    await saving;
    await frozen.close();
    await proxy.close();
    expect(ended).toEqual(stored);
  });
});

describe('a database that is gone', () => {
  it('answers unavailable, and works when it is back', async () => {
    const name = new URL(database.adminUrl).pathname.slice(1);
    await store.append(fresh().next([draft()]));
    const root = new Client({ connectionString: database.adminUrl.replace(`/${name}`, '/postgres') });
    await root.connect();
    try {
      await root.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
      await endLanes();
      await eventually(async () => kinds([await store.append(fresh().next([draft()]))])[0] === 'unavailable');
      expect(kinds(await send(Array.from({ length: 50 }, () => fresh().next([draft()]))))).toEqual(
        Array<string>(50).fill('unavailable'),
      );
      await root.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
      await eventually(async () => (await store.append(fresh().next([draft()]))).ok);
    } finally {
      await root.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
      await root.end();
    }
  });

  it('raises at the start', async () => {
    const url = new URL(database.applicationUrl);
    url.port = '1';
    await expect(createPostgresStore({ url: url.toString(), workerId: 'w1' })).rejects.toThrow();
  });
});

describe('the lane of a store', () => {
  it('is closed in order with where it ended', async () => {
    const closing = await open({ workerId: 'w9' });
    const at = await closing.append(fresh().next([draft(), draft()]));
    await closing.close();
    if (!at.ok) throw new Error(at.error.kind);
    const { rows } = await admin.query('SELECT opened_by, closed_by, last_wpos FROM lanes WHERE id = $1', [
      at.value.lane,
    ]);
    expect(rows).toEqual([{ opened_by: 'w9', closed_by: 'w9', last_wpos: '2' }]);
  });
});
