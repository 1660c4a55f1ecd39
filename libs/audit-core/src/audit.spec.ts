import { type SessionEvent, sessionDecider, type SessionInput, type SessionState } from '@cordboard/domain';
import {
  createMemoryStore,
  createVault,
  type EventStore,
  forgetSubject,
  type Head,
  type Keyring,
  openingHead,
  type StoredEvent,
} from '@cordboard/event-store';
import { type EventMeta } from '@cordboard/kernel';
import { toRecord } from '@cordboard/translation';
import { stateAt } from './state-at.ts';
import { timeline } from './timeline.ts';
import { verifyChain } from './verify-chain.ts';

const S = '01890a5d-ac96-774b-bcce-b302099a8057';
const C = '01890a5d-ac96-774b-bcce-b302099a0001';
const G = '01890a5d-ac96-774b-bcce-b302099a0002';
const AT = Date.UTC(2026, 10, 21);
const channel = { session: S, channelgroup: G, channel: C };
const vault = createVault({ tenantKeys: () => Buffer.alloc(32, 1) });

const cause = (kind: EventMeta['actor']['kind'], id: string, causation: string): EventMeta => ({
  actor: { kind, id },
  causation,
  correlation: 'c',
});
const agent = cause('agent', '1001', 'command:r1');

/** Writes events and decisions as an owner does. */
const createOwner = () => {
  const store: EventStore = createMemoryStore();
  const keyring: Keyring = vault.keyring(S, 'demo', []);
  let head: Head = { ...openingHead(S, 'demo'), epoch: 1 };
  let state: SessionState = sessionDecider.initialState;
  const put = async (events: readonly SessionEvent[], meta: EventMeta, folded = true) => {
    for (const event of events) {
      if (folded) state = sessionDecider.evolve(state, event);
      const made = keyring.record(head, { ...toRecord(event, state), at: AT + head.seq, scope: 'I', meta });
      head = made.head;
      const { record, keys, subjects } = made;
      const stored = await store.append({ sessionId: S, records: [record], keys, subjects });
      expect(stored.ok).toBe(true);
    }
  };
  const decide = async (input: SessionInput, meta: EventMeta) => {
    const decided = sessionDecider.decide(state, input);
    if (!decided.ok) throw new Error(decided.error.code);
    await put(decided.value, meta);
  };
  return { store, keyring, put, decide, state: () => state };
};

const arrival = { at: AT, seed: S };
const prepared = async () => {
  const owner = createOwner();
  await owner.decide(
    {
      ...arrival,
      kind: 'prepare',
      session: S,
      tenant: 'demo',
      processor: 'sim',
      agent: { id: '1001' },
      model: '',
      policy: { resumeMs: 1, whenLapsed: 'keep', unboundMs: 1_000 },
    },
    agent,
  );
  await owner.decide(
    { ...arrival, kind: 'claim', epoch: 1, worker: 'w1' },
    cause('worker', 'w1', 'claim:w1'),
  );
  await owner.decide({ ...arrival, kind: 'bind', client: 'tab', binding: 'b1', takeover: false }, agent);
  return owner;
};

const dial: readonly SessionEvent[] = [
  {
    type: 'CommandAccepted',
    target: channel,
    data: {
      commandId: 'r1',
      digest: '',
      command: { type: 'Dial', target: channel, destination: '+12025550123' },
    },
  },
  {
    type: 'SwitchRequested',
    target: channel,
    data: {
      requestId: 'q1',
      request: { type: 'Dial', target: channel, destination: '+12025550123' },
      deadlineAt: AT,
      commandId: 'r1',
    },
  },
];
const dialled: SessionEvent = {
  type: 'SwitchAnswered',
  target: channel,
  data: { requestId: 'q1', answer: { ok: true, reading: { of: 'none' } } },
};

describe('the state at a row', () => {
  it('is the state that the owner had', async () => {
    const owner = await prepared();
    const rows = await owner.store.read(S);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(stateAt(rows, owner.keyring)).toEqual(owner.state());
    expect(JSON.parse(JSON.stringify(stateAt(rows, owner.keyring)))).toEqual(
      JSON.parse(JSON.stringify(owner.state())),
    );
    expect(stateAt(rows, owner.keyring, 0)).toEqual(sessionDecider.initialState);
    expect(stateAt(rows, owner.keyring, 1)).not.toEqual(owner.state());
  });

  it('raises at a row of a newer release', async () => {
    const owner = await prepared();
    const rows = await owner.store.read(S);
    const newer = rows.map((row) => ({ ...row, version: 99 }));
    expect(() => stateAt(newer, owner.keyring)).toThrow('sequence 1: SessionPrepared has version 99');
  });
});

describe('the timeline', () => {
  it('says what happened and why', async () => {
    const owner = await prepared();
    await owner.put(dial, agent, false);
    await owner.put([dialled], cause('switch', 'sim-1', 'request:q1'), false);
    await owner.put(
      [
        {
          type: 'ChannelStateUpdated',
          target: channel,
          data: { state: 'ACTIVE', previousState: 'INACTIVE' },
        },
      ],
      cause('switch', 'sim-1', 'switch:7'),
      false,
    );
    await owner.put(
      [{ type: 'SessionLapsed', target: { session: S }, data: {} }],
      cause('timer', 'deadline', 'timer:deadline'),
      false,
    );
    const rows = await owner.store.read(S);
    const lines = timeline(rows, owner.keyring);
    const told = lines.map(({ object, what, cause: why }) => `${object} | ${what} | ${why}`);
    expect(told).toEqual([
      'session | prepared for agent 1001 on sim | agent 1001, command r1',
      'session | worker w1 took over, epoch 1 | worker w1, claim',
      'session | desktop tab bound | agent 1001, command r1',
      'channel 9a0001 | channel.request.dial to +12025550123 accepted | agent 1001, command channel.request.dial',
      'channel 9a0001 | asked the switch to dial +12025550123 | agent 1001, command channel.request.dial',
      'channel 9a0001 | the switch did it | switch sim-1, answer to dial',
      'channel 9a0001 | INACTIVE became ACTIVE | switch sim-1, switch event 7',
      'session | nobody came back in time | timer deadline',
    ]);
    expect(lines.map(({ seq, time }) => [seq, time])).toEqual(rows.map(({ seq, at }) => [seq, at]));
  });

  it('tells nothing personal without a keyring or after the person was forgotten', async () => {
    const owner = await prepared();
    await owner.put(dial, agent, false);
    const rows = await owner.store.read(S);
    const sealed = 'channel.request.dial to (sealed) accepted';
    expect(JSON.stringify(timeline(rows))).not.toContain('5550123');
    expect(timeline(rows)[3]?.what).toBe(sealed);
    const keysBefore = await owner.store.keys(S);
    expect(timeline(rows, vault.keyring(S, 'demo', keysBefore))[3]?.what).toContain('+12025550123');
    expect(await forgetSubject({ store: owner.store, vault }, 'demo', '+1 202 555 0123')).toBe(1);
    const forgotten = vault.keyring(S, 'demo', await owner.store.keys(S));
    expect(timeline(rows, forgotten)[3]?.what).toBe(sealed);
    expect(verifyChain(rows).ok).toBe(true);
  });

  it('names a row that it cannot read', async () => {
    const owner = await prepared();
    const [row] = await owner.store.read(S);
    const lines = timeline([{ ...row!, type: 'SomethingNewer' }]);
    expect(lines[0]?.what).toBe('SomethingNewer: events of type SomethingNewer are unknown to this release');
  });
});

describe('the chain', () => {
  let rows: readonly StoredEvent[];
  beforeAll(async () => {
    const owner = await prepared();
    await owner.put(dial, agent, false);
    rows = await owner.store.read(S);
  });

  it('verifies', () => {
    expect(verifyChain(rows)).toEqual({ ok: true, value: { events: rows.length, hash: rows.at(-1)?.hash } });
    expect(verifyChain([])).toMatchObject({ ok: true, value: { events: 0 } });
  });

  const changed = (seq: number, change: Partial<StoredEvent>) =>
    rows.map((row) => (row.seq === seq ? { ...row, ...change } : row));
  const tamperings: Readonly<Record<string, () => readonly StoredEvent[]>> = {
    'a row removed': () => rows.filter(({ seq }) => seq !== 4),
    'rows exchanged': () => [...rows.slice(0, 3), rows[4]!, rows[3]!],
    'a row doubled': () => [...rows.slice(0, 3), ...rows.slice(2)],
    'the first row removed': () => rows.slice(1),
    'another session': () => changed(4, { sessionId: C }),
    'another epoch': () => changed(4, { epoch: 2 }),
    'an earlier epoch': () => changed(4, { epoch: 0 }),
    'another tenant': () => changed(4, { tenant: 'other' }),
    'another type': () => changed(4, { type: 'SessionStarted' }),
    'another version': () => changed(4, { version: 9 }),
    'another target': () => changed(4, { target: S }),
    'a later time': () => changed(4, { at: AT + 60_000 }),
    'an earlier time': () => changed(4, { at: AT - 1 }),
    'other data': () => changed(4, { data: { ...rows[3]!.data, commandId: 'r2' } }),
    'other personal data': () => changed(4, { pii: Buffer.alloc(40) }),
    'no personal data': () => changed(4, { pii: null }),
    'another key': () => changed(4, { keyId: null }),
    'another cause': () => changed(4, { meta: { ...rows[3]!.meta, causation: 'command:r2' } }),
    'another hash': () => changed(4, { hash: Buffer.alloc(32) }),
    'another order in the lane': () => changed(4, { wpos: 1 }),
  };
  it.each(Object.keys(tamperings))('breaks on %s', (kind) => {
    const result = verifyChain(tamperings[kind]!());
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.reason).not.toBe('');
  });

  it('names the first row that does not fit', () => {
    expect(verifyChain(changed(4, { version: 9 }))).toEqual({
      ok: false,
      error: { seq: 4, reason: 'the hash does not fit the row' },
    });
  });
});
