import { type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import { type Append, type EventStore } from './event-store.ts';
import { createMemoryStore } from './memory/memory-store.ts';
import { createPostgresStore } from './postgres/postgres-store.ts';
import { draft, writerOf } from './specimen.ts';

let database: PrivateDatabase;
beforeAll(async () => {
  database = await privateDatabase();
}, 120_000);
afterAll(() => database.drop());

const openers: Readonly<Record<string, () => Promise<EventStore>>> = {
  memory: async () => createMemoryStore({}),
  Postgres: () => createPostgresStore({ url: database.applicationUrl, workerId: 'w1' }),
};

describe.each(Object.keys(openers))('what was published, read from the event store in %s', (kind) => {
  let store: EventStore;
  const stored = async (append: Append) => expect(await store.append(append)).toMatchObject({ ok: true });
  beforeAll(async () => {
    store = await openers[kind]!();
  });
  afterAll(() => store.close());

  it('has its data as text that says what the row says', async () => {
    const writer = writerOf('t');
    const data = { zebra: 1e21, apple: ['é \u0001 " \\ 😀', -0, 0.1, null, {}], number: '+12025550123' };
    const sealed = { data, name: 'sealed', personal: ['number'] };
    await stored(
      writer.next([draft({ data, name: 'odd' }), draft(), draft(sealed), draft(), draft({ name: 'odd' })]),
    );
    const { sessionId } = writer;
    const seqs = async (range: Partial<Parameters<EventStore['readWire']>[1]>) =>
      (await store.readWire(sessionId, { maxBytes: 1_000_000, ...range })).map(({ seq }) => seq);
    expect(await seqs({})).toEqual([1, 3, 5]);
    expect(await seqs({ after: 1, upTo: 4 })).toEqual([3]);
    expect(await seqs({ after: 1, limit: 1 })).toEqual([3]);
    const published = (await store.read(sessionId)).filter(({ name }) => name !== null);
    const wire = await store.readWire(sessionId, { maxBytes: 1_000_000 });
    expect(wire.map((row) => ({ ...row, data: JSON.parse(row.data) as unknown }))).toEqual(
      published.map(({ seq, tenant, type, target, at, name, pii, keyId, meta, ...row }) => ({
        ...{ seq, tenant, type, target, at, name, pii, keyId, data: row.data, previous: meta.previous },
      })),
    );
    expect(wire.map(({ previous }) => previous)).toEqual([null, 1, 3]);
    expect(await store.readWire('no id', { maxBytes: 1 })).toEqual([]);
  });

  it('stops before it grows beyond so many bytes, but gives one', async () => {
    const writer = writerOf('t');
    const large = draft({ name: 'large', data: { text: 'x'.repeat(10_000) } });
    await stored(writer.next([1, 2, 3, 4].map(() => large)));
    const count = async (range: Parameters<EventStore['readWire']>[1]) =>
      (await store.readWire(writer.sessionId, range)).length;
    expect(await count({ maxBytes: 1 })).toBe(1);
    expect(await count({ maxBytes: 25_000 })).toBe(2);
    expect(await count({ maxBytes: 25_000, after: 2, limit: 1 })).toBe(1);
    expect(await count({ maxBytes: 1_000_000 })).toBe(4);
    const pages = await Promise.all([1, 2, 3].map((after) => count({ maxBytes: 1_000_000, after })));
    expect(pages).toEqual([3, 2, 1]);
  });
});
