import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import fc from 'fast-check';
import { chainHash } from './chain.ts';
import { type Append, type EventStore } from './event-store.ts';
import { emptyLog, type MemoryLog } from './memory/memory-log.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { createPostgresStore } from './postgres/postgres-store.ts';
import { type StoredEvent } from './record.ts';
import { type StoredSnapshot } from './snapshot.ts';
import { draft, idAt, specimenVault, type Writer, writerOf } from './specimen.ts';

let database: PrivateDatabase;
let log: MemoryLog;
const openers: Readonly<Record<string, () => Promise<EventStore>>> = {
  memory: async () => createMemoryStore({ log }),
  Postgres: () => createPostgresStore({ url: database.applicationUrl, workerId: 'w1', readers: 2 }),
};
let tenants = 0;
const freshTenant = (): string => `t${(tenants += 1)}`;
const fenced = { ok: false, error: { kind: 'fenced' } };
const cached = ({ sessionId, tenant }: Writer, seq: number): StoredSnapshot => ({
  sessionId,
  tenant,
  seq,
  schema: 's',
  body: Buffer.from(String(seq)),
});
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
const claim = (worker: string) => draft({ type: 'OwnershipClaimed', data: { epoch: 1, worker } });

const expectChain = (rows: readonly StoredEvent[]): void => {
  let previous: Buffer = Buffer.alloc(32);
  for (const row of rows) {
    expect(row.hash.equals(chainHash(previous, row))).toBe(true);
    previous = row.hash;
  }
};

beforeAll(async () => {
  database = await privateDatabase();
  log = emptyLog();
}, 120_000);
afterAll(() => database.drop());

describe.each(Object.keys(openers))('the event store in %s', (kind) => {
  let store: EventStore;
  let other: EventStore;
  const open = (): Promise<EventStore> => openers[kind]!();
  const must = async (append: Append) => {
    const stored = await store.append(append);
    if (!stored.ok) throw new Error(JSON.stringify(stored.error));
    return stored.value;
  };
  beforeAll(async () => {
    store = await open();
    other = await open();
  });
  afterAll(() => Promise.all([store.close(), other.close()]));

  it('gives back exactly what was hashed', async () => {
    const writer = writerOf(freshTenant());
    const nasty = {
      zebra: 1,
      apple: -0,
      numbers: [0.1, 1e21, 1e-7, 5e-324, 1.7976931348623157e308, -1, 2 ** 53 - 1, 0.1 + 0.2],
      text: 'é \u0001 " \\ \u2028 😀 {},NULL',
      empty: {},
      none: [],
      nothing: null,
      absent: undefined,
      nested: { b: [{ z: true, a: [[]] }], 'a.b': '', '': 1, __proto__x: 2 },
    };
    const meta = { ...draft().meta, trace: 'x'.repeat(100_000), ctiSeq: 7 };
    const append = writer.next([
      draft({ data: nasty, name: 'x.y', meta }),
      draft({ data: {}, personal: ['a'], at: 0 }),
      draft({ data: { a: { secret: 'ü' } }, personal: ['a'], version: 3, target: 'S.G.C.I.V' }),
    ]);
    const { lane, wpos } = await must(append);
    const rows = await store.read(writer.sessionId);
    const expected = append.records.map(({ follows: _, ...record }, index) => ({
      ...record,
      data: JSON.parse(JSON.stringify(record.data)) as unknown,
      meta: JSON.parse(JSON.stringify(record.meta)) as unknown,
      lane,
      wpos: wpos + index,
    }));
    expect(rows).toEqual(expected);
    expectChain(rows);
  });

  it('keeps any JSON as it was hashed', () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue({ noUnicodeString: false }), async (value) => {
        const writer = writerOf(freshTenant());
        const data = JSON.parse(JSON.stringify({ value }).replaceAll('\\u0000', '')) as { value: string };
        fc.pre(JSON.stringify(data).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(data)));
        await must(writer.next([draft({ data })]));
        expectChain(await store.read(writer.sessionId));
      }),
      { numRuns: 50 },
    ));

  it('fences an owner that another one overtook, whole', async () => {
    const writer = writerOf(freshTenant());
    await must(writer.next([draft()]));
    const rival = writerOf(writer.tenant, writer.head());
    await must(writer.next([draft(), draft()]));
    expect(await other.append(rival.next([draft(), draft(), draft()]))).toEqual(fenced);
    expect(await other.append(rival.next([draft()]))).toEqual(fenced);
    expect((await store.read(writer.sessionId)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('never leaves a hole', async () => {
    const writer = writerOf(freshTenant());
    writer.next([draft()]);
    expect(await store.append(writer.next([draft()]))).toEqual(fenced);
    expect(await store.tail(writer.sessionId)).toBeNull();

    const other = writerOf(freshTenant());
    const [first, , third] = [1, 2, 3].map(() => other.next([draft(), draft()]));
    const bystander = writerOf(freshTenant());
    const together = [first!, third!, bystander.next([draft()])].map((append) => store.append(append));
    expect(await Promise.all(together)).toEqual([
      expect.objectContaining({ ok: true }),
      fenced,
      expect.objectContaining({ ok: true }),
    ]);
    expect((await store.tail(other.sessionId))?.seq).toBe(2);
  });

  it('takes appends of one session without waiting, and fails all that follow a failed one', async () => {
    const writer = writerOf(freshTenant());
    const appends = Array.from({ length: 20 }, () => writer.next([draft(), draft()]));
    const stored = await Promise.all(appends.map((append) => store.append(append)));
    expect(stored.every(({ ok }) => ok)).toBe(true);

    const bad = [
      writer.next([draft({ data: { no: '\u0000' } })]),
      writer.next([draft()]),
      writer.next([draft()]),
    ];
    const [first, ...rest] = await Promise.all(bad.map((append) => store.append(append)));
    expect(first).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(rest).toEqual([fenced, fenced]);
    expect(await store.append(writer.next([draft()]))).toEqual(fenced);
    expect((await store.tail(writer.sessionId))?.seq).toBe(40);
  });

  it('refuses what no store can take', async () => {
    const writer = writerOf(freshTenant());
    const good = writer.next([draft(), draft()]);
    const [one, two] = good.records;
    const bad: readonly Append[] = [
      { ...good, records: [] },
      { ...good, records: [two!, one!] },
      { ...good, sessionId: idAt(1) },
      { ...good, sessionId: 'x', records: good.records.map((record) => ({ ...record, sessionId: 'x' })) },
      { ...good, records: [{ ...one!, data: { '\ud800': 1 } }] },
      { ...good, records: [{ ...one!, target: 'S\u0000' }] },
      { ...good, records: [{ ...one!, name: '\udc00' }] },
      { ...good, records: [{ ...one!, at: Number.NaN }] },
      { ...good, records: [{ ...one!, epoch: 2 ** 31 }] },
      { ...good, records: [{ ...one!, version: 1.5 }] },
      { ...good, records: [{ ...one!, version: 2 ** 15 }] },
      { ...good, records: [{ ...one!, keyId: 'no id' }] },
    ];
    for (const append of bad) {
      expect(await store.append(append)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    }
    await must(good);
  });

  it('gives an agent one live session', async () => {
    const tenant = freshTenant();
    const opens = { tenant, processor: 'sim', agentId: '1001' };
    const first = writerOf(tenant);
    const second = writerOf(tenant);
    await must(first.next([draft()], { opens }));
    expect(await other.append(second.next([draft()], { opens }))).toEqual({
      ok: false,
      error: { kind: 'agent-has-session', sessionId: first.sessionId },
    });
    expect(await store.tail(second.sessionId)).toBeNull();
    expect(await store.openSession(tenant, 'sim', '1001')).toBe(first.sessionId);
    expect(await store.openSession(tenant, 'sim', '1002')).toBeNull();

    const third = writerOf(tenant);
    const turn = await Promise.all([
      store.append(first.next([draft()], { closes: true })),
      store.append(third.next([draft()], { opens })),
    ]);
    expect(turn.every(({ ok }) => ok)).toBe(true);
    expect(await store.openSession(tenant, 'sim', '1001')).toBe(third.sessionId);
  });

  it('lets one of two win that open the same place at once', async () => {
    const tenant = freshTenant();
    const opens = { tenant, processor: 'sim', agentId: '1001' };
    const rivals = Array.from({ length: 8 }, () => writerOf(tenant));
    const outcomes = await Promise.all(
      rivals.map((rival, index) => (index % 2 ? store : other).append(rival.next([draft()], { opens }))),
    );
    const holder = await store.openSession(tenant, 'sim', '1001');
    outcomes.forEach((outcome, index) =>
      expect(outcome).toEqual(
        rivals[index]!.sessionId === holder
          ? expect.objectContaining({ ok: true })
          : { ok: false, error: { kind: 'agent-has-session', sessionId: holder } },
      ),
    );
  });

  it('reads ranges', async () => {
    const writer = writerOf(freshTenant());
    await must(writer.next([1, 2, 3, 4, 5].map((n) => draft({ name: n % 2 ? 'odd' : null }))));
    const seqs = async (range: Parameters<EventStore['read']>[1]) =>
      (await store.read(writer.sessionId, range)).map(({ seq }) => seq);
    expect(await seqs({})).toEqual([1, 2, 3, 4, 5]);
    expect(await seqs({ after: 2 })).toEqual([3, 4, 5]);
    expect(await seqs({ after: 1, upTo: 3 })).toEqual([2, 3]);
    expect(await store.read(idAt(Date.now()))).toEqual([]);
    expect(await store.read('no id')).toEqual([]);
  });

  it('reads for many at the same moment, long streams whole', async () => {
    const tenant = freshTenant();
    const writers = Array.from({ length: 30 }, () => writerOf(tenant));
    await Promise.all(writers.map((writer) => must(writer.next([draft(), draft()]))));
    await must(writers[3]!.next(Array.from({ length: 1_100 }, () => draft())));
    const ids = [...writers.map(({ sessionId }) => sessionId), idAt(Date.now()), 'no id'];
    const streams = await Promise.all(ids.map((id, index) => store.read(id, { after: index % 2 })));
    streams.forEach((rows, index) => {
      expect(rows.every(({ sessionId }) => sessionId === ids[index])).toBe(true);
      const last = index === 3 ? 1_102 : index < 30 ? 2 : 0;
      expect(rows.map(({ seq }) => seq)).toEqual(range(1 + (index % 2), last));
    });
    const loaded = await Promise.all(ids.map((id) => store.load(id, 's')));
    expect(loaded.map(({ tail, rows }) => [tail?.seq ?? 0, rows.length])).toEqual(
      ids.map((_, index) => (index === 3 ? [1_102, 1_102] : index < 30 ? [2, 2] : [0, 0])),
    );
  });

  it('loads what is needed to own a session', async () => {
    const writer = writerOf(freshTenant());
    const opens = { tenant: writer.tenant, processor: 'sim', agentId: '1' };
    const personal = { personal: ['number'], data: { number: '+12025550123' } };
    await must(writer.next([draft(), draft({ ...personal, version: 2 }), draft()], { opens }));
    const whole = await store.load(writer.sessionId, 's');
    expect(whole).toEqual({
      tail: await store.tail(writer.sessionId),
      snapshot: null,
      rows: await store.read(writer.sessionId),
      keys: await store.keys(writer.sessionId),
    });
    expect(whole.keys).toHaveLength(1);
    const snapshot = { ...cached(writer, 2), body: randomBytes(5_000) };
    await other.saveSnapshots([snapshot]);
    expect(await store.load(writer.sessionId, 's')).toEqual({
      ...whole,
      snapshot,
      rows: whole.rows.slice(1),
    });
    expect(await store.load(writer.sessionId, 'another')).toEqual(whole);
  });

  it('keeps the newest cached state of a session, until it ends', async () => {
    const writer = writerOf(freshTenant());
    const opens = { tenant: writer.tenant, processor: 'sim', agentId: '1' };
    await must(writer.next([draft(), draft(), draft()], { opens }));
    const kept = async () => (await store.load(writer.sessionId, 's')).snapshot?.seq;
    await store.saveSnapshots([]);
    await store.saveSnapshots([cached(writer, 1), cached(writer, 3), cached(writer, 2)]);
    expect(await kept()).toBe(3);
    await store.saveSnapshots([cached(writer, 2)]);
    expect(await kept()).toBe(3);
    await store.saveSnapshots([{ ...cached(writer, 3), schema: 'newer' }]);
    expect(await kept()).toBeUndefined();
    await store.saveSnapshots([cached(writer, 3)]);
    await must(writer.next([draft()], { closes: true }));
    expect(await kept()).toBeUndefined();
    await store.saveSnapshots([cached(writer, 4)]);
    expect(await kept()).toBeUndefined();
  });

  it('keeps no cached state of sessions that speak of a forgotten person', async () => {
    const tenant = freshTenant();
    const writers = [writerOf(tenant), writerOf(tenant)];
    const number = { personal: ['number'], data: { number: '+12025550123' } };
    for (const [index, writer] of writers.entries()) {
      const opens = { tenant, processor: 'sim', agentId: String(index) };
      await must(
        writer.next([draft(index === 0 ? { ...number, subjects: ['+12025550123'] } : {})], { opens }),
      );
    }
    const save = () => store.saveSnapshots(writers.map((writer) => cached(writer, 1)));
    const kept = () =>
      Promise.all(writers.map(async ({ sessionId }) => (await store.load(sessionId, 's')).snapshot?.seq));
    await save();
    expect(await kept()).toEqual([1, 1]);
    await store.forget(tenant, specimenVault(tenant).subject(tenant, '+12025550123'));
    expect(await kept()).toEqual([undefined, 1]);
    await save();
    expect(await kept()).toEqual([undefined, 1]);
  });

  it('tells the tail', async () => {
    const writer = writerOf(freshTenant());
    const opens = { tenant: writer.tenant, processor: 'sim', agentId: '1' };
    await must(writer.next([draft()], { opens }));
    const tail = { tenant: writer.tenant, seq: 1, epoch: 1, closed: false, version: 1 };
    expect(await store.tail(writer.sessionId)).toEqual(tail);
    const owner = writerOf(writer.tenant, { ...writer.head(), epoch: 2 });
    await must(owner.next([draft({ version: 4 }), draft()], { closes: true }));
    expect(await store.tail(writer.sessionId)).toEqual({
      ...tail,
      seq: 3,
      epoch: 2,
      closed: true,
      version: 4,
    });
  });

  it('lists sessions, open ones first, newest first', async () => {
    const tenant = freshTenant();
    const writers = Array.from({ length: 4 }, () => writerOf(tenant)).sort((one, two) =>
      one.sessionId < two.sessionId ? -1 : 1,
    );
    for (const [index, writer] of writers.entries()) {
      const opens = { tenant, processor: 'sim', agentId: `${index}` };
      const data = { processor: 'sim', agent: { id: opens.agentId } };
      await must(writer.next([draft({ at: 1_000, data }), draft({ at: 2_000 })], { opens }));
    }
    await must(writers[3]!.next([draft({ at: 3_000 })], { closes: true }));
    const listed = await store.sessions({ tenant, limit: 10 });
    expect(listed.map(({ sessionId }) => sessionId)).toEqual(
      [writers[2], writers[1], writers[0], writers[3]].map((writer) => writer!.sessionId),
    );
    const line = { tenant, startedAt: 1_000, sessionId: writers[2]!.sessionId };
    expect(listed[0]).toEqual({
      ...line,
      processor: 'sim',
      agentId: '2',
      open: true,
      lastAt: 2_000,
      events: 2,
    });
    expect(listed[3]).toMatchObject({
      open: false,
      processor: 'sim',
      agentId: '3',
      lastAt: 3_000,
      events: 3,
    });
    expect(await store.sessions({ tenant, limit: 2 })).toEqual(listed.slice(0, 2));
    expect((await store.sessions({ limit: 1_000 })).length).toBeGreaterThanOrEqual(4);
  });

  it('keeps data keys and destroys those of a person', async () => {
    const writer = writerOf(freshTenant());
    const personal = { personal: ['number'], data: { number: '+1 202 555 0123' } };
    await must(
      writer.next([
        draft({ ...personal, scope: 'A', subjects: ['+12025550123'] }),
        draft({ ...personal, scope: 'A', subjects: ['+12025550123', '+12025550199'] }),
        draft({ ...personal, scope: 'B', subjects: ['+12025550199'] }),
      ]),
    );
    const before = await store.keys(writer.sessionId);
    expect(before.map(({ scope, wrapped }) => [scope, wrapped !== null]).sort()).toEqual([
      ['A', true],
      ['B', true],
    ]);
    const vault = specimenVault(writer.tenant);
    expect(await store.forget(writer.tenant, vault.subject(writer.tenant, '+1 (202) 555-0123'))).toBe(1);
    expect(await store.forget(writer.tenant, vault.subject(writer.tenant, '+12025550123'))).toBe(0);
    const keys = await other.keys(writer.sessionId);
    expect(keys.find(({ scope }) => scope === 'A')?.wrapped).toBeNull();
    const rows = await store.read(writer.sessionId);
    expectChain(rows);
    const keyring = vault.keyring(writer.sessionId, writer.tenant, keys);
    expect(rows.map((row) => keyring.open(row)['number'])).toEqual([null, null, '+1 202 555 0123']);
  });

  it('finds the open sessions of owners that are gone', async () => {
    const tenant = freshTenant();
    const owners = { living: `${tenant}-living`, silent: `${tenant}-silent`, retired: `${tenant}-retired` };
    for (const id of [owners.silent, owners.retired]) await store.beat(id, 1);
    const open = async (agentId: string, drafts: Parameters<typeof draft>[0][]) => {
      const writer = writerOf(tenant);
      await must(writer.next(drafts.map(draft), { opens: { tenant, processor: 'sim', agentId } }));
      return writer;
    };
    await open('living', [{}, claim(owners.silent), claim(owners.living)]);
    await open('silent', [claim(owners.living), claim(owners.silent)]);
    await open('retired', [claim(owners.retired)]);
    await open('unknown', [claim('nobody')]);
    await open('unclaimed', [{}]);
    const ended = await open('ended', [claim('nobody')]);
    await must(ended.next([draft()], { closes: true }));
    await store.retire(owners.retired);
    await delay(60);
    await store.beat(owners.living, 1);
    const agents = async (staleMs: number) =>
      (await store.orphans(staleMs, 1_000, 4))
        .filter((orphan) => orphan.tenant === tenant)
        .map((o) => o.agentId);
    expect((await agents(50)).sort()).toEqual(['retired', 'silent', 'unclaimed', 'unknown']);
    expect((await agents(60_000)).sort()).toEqual(['retired', 'unclaimed', 'unknown']);
    expect(await store.orphans(50, 1, 4)).toHaveLength(1);
    const pages = await store.orphans(50, 1_000, 4);
    expect(await store.orphans(50, 2, 4, pages[0]!.sessionId)).toEqual(pages.slice(1, 3));
    const epochs = (await store.orphans(50, 1_000, 4)).filter((orphan) => orphan.tenant === tenant);
    expect(epochs.find(({ agentId }) => agentId === 'unclaimed')?.epoch).toBeNull();
    expect(epochs.find(({ agentId }) => agentId === 'retired')?.epoch).toBe(1);
    await open('newer', [claim('nobody'), { version: 5 }]);
    expect((await agents(60_000)).sort()).toEqual(['retired', 'unclaimed', 'unknown']);
    expect((await store.orphans(50, 1_000, 5)).map(({ agentId }) => agentId)).toContain('newer');
  });

  it('tells the time', async () => {
    expect(Math.abs((await store.now()) - Date.now())).toBeLessThan(5_000);
  });

  it('stays without hole when two owners write the same sessions', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ session: fc.nat(2), second: fc.boolean(), rows: fc.integer({ min: 1, max: 3 }) }),
          {
            minLength: 10,
            maxLength: 40,
          },
        ),
        async (steps) => {
          const tenant = freshTenant();
          const first = [0, 1, 2].map(() => writerOf(tenant));
          const second = first.map((writer) => writerOf(tenant, writer.head()));
          const outcomes = await Promise.all(
            steps.map(async (step) => {
              const append = (step.second ? second : first)[step.session]!.next(
                Array.from({ length: step.rows }, () => draft({ data: { owner: step.second } })),
              );
              return { append, outcome: await (step.second ? other : store).append(append) };
            }),
          );
          for (const { sessionId } of first) {
            const rows = await store.read(sessionId);
            expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
            expectChain(rows);
            const stored = outcomes.filter(
              ({ append, outcome }) => outcome.ok && append.sessionId === sessionId,
            );
            expect(stored.reduce((sum, { append }) => sum + append.records.length, 0)).toBe(rows.length);
          }
          for (const { outcome } of outcomes) if (!outcome.ok) expect(outcome.error.kind).toBe('fenced');
        },
      ),
      { numRuns: 15 },
    ));

  it('answers unavailable once it is closed', async () => {
    const closing = await open();
    await closing.close();
    const { ok, ...rest } = await closing.append(writerOf(freshTenant()).next([draft()]));
    expect({ ok, ...rest }).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });
});
