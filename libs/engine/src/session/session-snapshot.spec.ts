import { sealScope, sessionDecider, type SessionEvent } from '@cordboard/domain';
import { createVault, type Keyring, type StoredEvent } from '@cordboard/event-store';
import { beginWalk, type Draw, sessionScenario, walkRuns, walkStep } from '@cordboard/testing/scenario';
import { isPassing, toRecord } from '@cordboard/translation';
import fc from 'fast-check';
import { commandCause, factCause } from './cause.ts';
import { emptyMemory, foldMemory, type SessionMemory } from './session-memory.ts';
import { restoreMemory, snapshotOf } from './session-snapshot.ts';

const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 7) });
const TENANT = 'demo';

const draws: fc.Arbitrary<Draw> = fc.record({
  kind: fc.nat(99),
  what: fc.nat(1_000),
  where: fc.nat(1_000),
  how: fc.nat(1_000),
});

/** The rows of a life, as an owner would have written them. */
const written = (history: readonly SessionEvent[], sessionId: string) => {
  const keyring = vault.keyring(sessionId, TENANT, []);
  const rows: StoredEvent[] = [];
  let state = sessionDecider.initialState;
  let { head } = emptyMemory(sessionId, TENANT);
  for (const event of history.filter((one) => !isPassing(one))) {
    state = sessionDecider.evolve(state, event);
    const commandId = event.type === 'CommandCompleted' ? event.data.commandId : undefined;
    const cause =
      commandId === undefined
        ? factCause('sim-1', rows.length + 1, 'seed')
        : commandCause({ kind: 'agent', id: '1001' }, commandId);
    const scope = sealScope(event, cause.correlation);
    const recorded = keyring.record(head, { ...toRecord(event, state), at: 1_000, scope, meta: cause });
    head = recorded.head;
    const { follows: _, ...record } = recorded.record;
    rows.push({ ...record, lane: 1, wpos: rows.length + 1 });
  }
  return { keyring, rows };
};

const comparable = ({ ledger, state, ...rest }: SessionMemory) => ({
  ...rest,
  ledger: ledger.pack(),
  state: JSON.parse(JSON.stringify(state)) as unknown,
});

const lifeOf = (opening: number, walk: readonly Draw[] = []) => {
  const s = sessionScenario();
  beginWalk(s, opening);
  for (const draw of walk) if (s.state().phase !== 'CLOSED') walkStep(s, draw);
  const sessionId = s.target.session;
  return { sessionId, ...written(s.history(), sessionId) };
};

const foldAll = (sessionId: string, rows: readonly StoredEvent[], keyring: Keyring): SessionMemory =>
  foldMemory(emptyMemory(sessionId, TENANT), rows, keyring);

describe('a cached state', () => {
  it('leads to the same memory as all rows, whichever row it was made after', () => {
    fc.assert(
      fc.property(fc.array(draws, { minLength: 20, maxLength: 60, size: 'max' }), fc.nat(), (walk, draw) => {
        const { sessionId, keyring, rows } = lifeOf(draw % 1_000, walk);
        const k = draw % rows.length;
        const snapshot = snapshotOf(foldAll(sessionId, rows.slice(0, k + 1), keyring), keyring);
        const of = { sessionId, tenant: TENANT };
        const restored = restoreMemory({ snapshot, rows: rows.slice(k) }, of, keyring);
        if (restored === null) throw new Error('it was not taken');
        const memory = foldMemory(restored, rows.slice(k + 1), keyring);
        expect(comparable(memory)).toEqual(comparable(foldAll(sessionId, rows, keyring)));
      }),
      walkRuns(30),
    );
  });

  it('is not taken when anything about it is not as it has to be', () => {
    const { sessionId, keyring, rows } = lifeOf(0);
    const last = rows.at(-1) as StoredEvent;
    const of = { sessionId, tenant: TENANT };
    const snapshot = snapshotOf(foldAll(sessionId, rows, keyring), keyring);
    expect(restoreMemory({ snapshot, rows: [last] }, of, keyring)).not.toBeNull();
    const broken = Buffer.from(snapshot.body).fill(0, 20);
    const other = vault.keyring(sessionId, 'other', []);
    const refused = [
      restoreMemory({ snapshot: null, rows: [last] }, of, keyring),
      restoreMemory({ snapshot: { ...snapshot, schema: 'other' }, rows: [last] }, of, keyring),
      restoreMemory({ snapshot: { ...snapshot, body: broken }, rows: [last] }, of, keyring),
      restoreMemory({ snapshot: { ...snapshot, tenant: 'other' }, rows: [last] }, of, keyring),
      restoreMemory({ snapshot, rows: [last] }, { ...of, tenant: 'other' }, other),
      restoreMemory({ snapshot, rows: [{ ...last, hash: Buffer.alloc(32) }] }, of, keyring),
      restoreMemory({ snapshot, rows: [] }, of, keyring),
    ];
    expect(refused).toEqual(refused.map(() => null));
  });
});
