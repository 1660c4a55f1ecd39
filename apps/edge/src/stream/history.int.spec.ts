import { objectEventFrame } from '@cordboard/agent-protocol';
import { createPostgresStore, createVault, type EventStore, openingHead } from '@cordboard/event-store';
import { type JsonObject } from '@cordboard/kernel';
import { type PrivateDatabase, privateDatabase } from '@cordboard/testing';
import { createHistory } from './history.ts';

// Of now, so that it has a partition.
const NOW = Date.now().toString(16).padStart(12, '0');
const S = `${NOW.slice(0, 8)}-${NOW.slice(8)}-774b-bcce-b302099a8057`;
const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const PREVIEW = { state: 'ALERTING', interactionData: { ANI: '+12025550123', queue: 'é "\\ \u0001 😀' } };

const published: readonly (readonly [string | null, JsonObject])[] = [
  ['session.initialized', {}],
  [
    'interaction.preview',
    { zebra: [1, 0.1, 1e21, null, true], apple: { b: '', a: [[]] }, text: '": , \u2028' },
  ],
  [null, { internal: true }],
  ['interaction.preview', PREVIEW],
  ['state.updated', { 'a.b': '{"sequence":1}' }],
];

let database: PrivateDatabase;
let store: EventStore;
const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 7) });

beforeAll(async () => {
  database = await privateDatabase();
  store = await createPostgresStore({ url: database.applicationUrl, workerId: 'w1' });
}, 120_000);
afterAll(async () => {
  await store.close();
  await database.drop();
});

const write = async (): Promise<readonly string[]> => {
  const keyring = vault.keyring(S, 'demo', []);
  let head = { ...openingHead(S, 'demo'), epoch: 1 };
  const live: string[] = [];
  const made = published.map(([name, data]) => {
    const recorded = keyring.record(head, {
      ...{ type: 'Happened', version: 1, target: `${S}."`, at: AT, name, data, scope: 'I', subjects: [] },
      personal: ['interactionData'],
      meta: { actor: { kind: 'switch', id: 'sim-1' }, causation: 'switch:1', correlation: 'c' },
    });
    const { seq: sequence, target, at } = recorded.record;
    if (name !== null)
      live.push(objectEventFrame({ target, name, data, sequence, previous: head.wireSeq, at }));
    head = recorded.head;
    return recorded;
  });
  const [records, keys] = [made.map(({ record }) => record), made.flatMap((one) => one.keys)];
  const outcome = await store.append({ sessionId: S, records, keys, subjects: [] });
  expect(outcome).toMatchObject({ ok: true });
  return live;
};

const entriesOf = (frame: string) => Object.entries(JSON.parse(frame) as JsonObject);

it('gives from the log what was said live, member by member, and nothing to another tenant', async () => {
  const live = await write();
  const history = createHistory(store, vault);
  const frames = await history({ tenant: 'demo', session: S, after: 0 });
  expect(frames.map(({ text }) => entriesOf(text))).toEqual(live.map(entriesOf));
  expect(frames.map(({ sequence, previous }) => [sequence, previous])).toEqual([
    [1, null],
    [2, 1],
    [4, 2],
    [5, 4],
  ]);
  expect(await history({ tenant: 'other', session: S, after: 0 })).toEqual([]);
});
