import { chainHash, openingHead, type StoredEvent } from '@cordboard/event-store';
import { type ClientLog, type Entry } from '../load/client-log.ts';
import { check, INVARIANTS } from './check.ts';
import { type Effect, type Records } from './records.ts';

const S = '01890000-0000-7000-8000-000000000001';

type Sketch = Partial<Pick<StoredEvent, 'type' | 'name' | 'data' | 'epoch' | 'at' | 'lane' | 'wpos'>> & {
  readonly ctiSeq?: number;
};

/** Rows with sequences, lanes and hashes as they must be. */
const stream = (sketches: readonly Sketch[]): readonly StoredEvent[] => {
  let { hash } = openingHead('', '');
  let previous: number | null = null;
  return sketches.map(({ ctiSeq, ...sketch }, index) => {
    const name = sketch.name ?? null;
    const row: StoredEvent = {
      sessionId: S,
      seq: index + 1,
      lane: 1,
      wpos: index + 1,
      epoch: 1,
      tenant: 'demo',
      type: 'SessionPrepared',
      version: 1,
      target: S,
      at: 1_000 + index,
      data: {},
      pii: null,
      keyId: null,
      hash,
      ...sketch,
      name,
      meta: {
        actor: { kind: 'agent', id: '1001' },
        causation: 'x',
        correlation: 'x',
        ...(name === null ? {} : { previous }),
        ...(ctiSeq === undefined ? {} : { ctiSeq }),
      },
    };
    if (name !== null) previous = row.seq;
    hash = chainHash(hash, row);
    return { ...row, hash };
  });
};

const completed = (commandId: string, result = 'success'): Sketch => ({
  type: 'CommandCompleted',
  data: { commandId, digest: '', outcome: { result } },
});
const asked = (requestId: string): Sketch => ({
  type: 'SwitchRequested',
  data: { requestId, request: { type: 'HoldConversation' } },
});
const answered = (requestId: string): Sketch => ({
  type: 'SwitchAnswered',
  data: { requestId, answer: { ok: true } },
});

/** A short life: two commands, one of which asks the switch, one object event each. */
const LIFE: readonly Sketch[] = [
  { type: 'SessionPrepared' },
  { type: 'OwnershipClaimed', epoch: 2 },
  { ...asked('r1'), epoch: 2 },
  { ...answered('r1'), epoch: 2 },
  { ...completed('c1'), epoch: 2 },
  { type: 'ConversationStateUpdated', name: 'state.updated', epoch: 2, ctiSeq: 1 },
  { ...completed('c2'), epoch: 2 },
  { type: 'ConversationStateUpdated', name: 'state.updated', epoch: 2, ctiSeq: 2 },
];

const HEARD: readonly Entry[] = [
  { at: 1, kind: 'sent', id: 'c1', command: 'hold', target: S },
  { at: 1, kind: 'sent', id: 'c1', command: 'hold', target: S },
  { at: 2, kind: 'answer', id: 'c1', command: 'hold', result: 'success', code: null },
  { at: 2, kind: 'answer', id: 'c1', command: 'hold', result: 'success', code: null },
  { at: 3, kind: 'event', sequence: 6, previous: null },
  { at: 4, kind: 'sent', id: 'c2', command: 'retrieve', target: S },
  { at: 5, kind: 'answer', id: 'c2', command: 'retrieve', result: 'success', code: null },
  { at: 6, kind: 'event', sequence: 8, previous: 6 },
];

const EFFECT: Effect = { at: 1_003, name: 'hold', target: S, requestId: 'r1', epoch: 2, incarnation: 'i' };

interface Tampering {
  readonly life?: readonly Sketch[];
  readonly rows?: (rows: readonly StoredEvent[]) => readonly StoredEvent[];
  readonly heard?: readonly Entry[];
  readonly effects?: readonly Effect[];
  readonly followed?: (rows: readonly StoredEvent[]) => readonly StoredEvent[];
  readonly fed?: (rows: readonly StoredEvent[]) => readonly StoredEvent[];
  readonly memory?: Readonly<Record<string, unknown>>;
  readonly waiting?: Records['waiting'];
}

const recordsOf = (tampering: Tampering): Records => {
  const { life = LIFE, rows = (all) => all, followed = (all) => all, fed = (all) => all } = tampering;
  const made = rows(stream(life));
  const client: ClientLog = { agent: '1001', session: S, entries: tampering.heard ?? HEARD };
  return {
    sessions: new Map([[S, made]]),
    clients: [client],
    effects: tampering.effects ?? [EFFECT],
    followed: followed(made),
    fed: fed(made).map(({ sessionId, seq }) => ({ sessionId, seq })),
    seen: [{ session: S, sequence: 8, memory: tampering.memory ?? { C: 'HELD' }, fold: { C: 'HELD' } }],
    waiting: tampering.waiting ?? [],
  };
};

const without = <T>(items: readonly T[], index: number): readonly T[] =>
  items.filter((_, at) => at !== index);
const swapped = <T>([first, second, ...rest]: readonly T[]): readonly T[] =>
  [second, first, ...rest].filter((item) => item !== undefined);

const ACKNOWLEDGED = 'acknowledged means stored exactly once';
const HOLES = 'seq and wpos have no hole';
const FOLLOWERS = 'every follower equals Postgres';
const FOLD = 'memory equals fold';
const EFFECTS = 'every switch effect has an earlier intent and happens once';
const ORDER = 'replies fit one serial order';
const EPOCHS = 'epochs never go back';
const WAITS = 'nothing waits for ever';

/** What was tampered with, which promise that breaks, and what is said of it. */
const TAMPERINGS: readonly (readonly [string, string, RegExp, Tampering])[] = [
  ['an outcome is missing', ACKNOWLEDGED, /c2 was answered success/, { life: LIFE.with(6, { epoch: 2 }) }],
  [
    'an outcome stands twice',
    ACKNOWLEDGED,
    /c1 stands 2 times/,
    { life: LIFE.with(6, { ...completed('c1'), epoch: 2 }) },
  ],
  [
    'an outcome is another',
    ACKNOWLEDGED,
    /log says failure/,
    { life: LIFE.with(6, { ...completed('c2', 'failure'), epoch: 2 }) },
  ],
  ['a row is missing', HOLES, /sequence 5 is missing/, { rows: (all) => without(all, 4) }],
  [
    'a place of a lane is missing',
    HOLES,
    /lane 1 has 9 where 8/,
    { life: LIFE.with(7, { ...LIFE[7], wpos: 9 }) },
  ],
  [
    'a place of a lane stands twice',
    HOLES,
    /lane 1 has 7 where 8/,
    { life: LIFE.with(7, { ...LIFE[7], wpos: 7 }) },
  ],
  [
    'a row was changed',
    HOLES,
    /hash/,
    { rows: (all) => all.with(7, { ...all[7], at: 1_000_000 } as StoredEvent) },
  ],
  ['a follower lacks the last row', FOLLOWERS, /given nothing/, { followed: (all) => all.slice(0, -1) }],
  [
    'a follower has a row twice',
    FOLLOWERS,
    /more than there is/,
    { followed: (all) => [...all, ...all.slice(-1)] },
  ],
  ['a follower has rows in another order', FOLLOWERS, /given sequence 2/, { followed: swapped }],
  ['the feed lacks a row', FOLLOWERS, /the feed was given sequence 4/, { fed: (all) => without(all, 2) }],
  ['the feed has rows in another order', FOLLOWERS, /the feed was given sequence 2/, { fed: swapped }],
  [
    'the feed has a row twice',
    FOLLOWERS,
    /the feed was given more/,
    { fed: (all) => [...all, ...all.slice(-1)] },
  ],
  ['a client lacks the last event', FOLLOWERS, /up to 6 only/, { heard: HEARD.slice(0, -1) }],
  ['a client lacks an event', FOLLOWERS, /after 0/, { heard: without(HEARD, 4) }],
  [
    'a client was told twice',
    FOLLOWERS,
    /twice/,
    { heard: [...HEARD, { at: 7, kind: 'double', sequence: 8 }] },
  ],
  ['memory is another', FOLD, /memory "TALKING", fold "HELD"/, { memory: { C: 'TALKING' } }],
  [
    'an effect was never asked for',
    EFFECTS,
    /nobody asked/,
    { effects: [EFFECT, { ...EFFECT, requestId: 'r9' }] },
  ],
  ['an effect happened twice', EFFECTS, /done 2 times/, { effects: [EFFECT, EFFECT] }],
  [
    'an effect came before its intent',
    EFFECTS,
    /before it was asked/,
    { effects: [{ ...EFFECT, at: -5_000 }] },
  ],
  ['an effect did not happen', EFFECTS, /the switch did nothing/, { effects: [] }],
  ['an intent stands twice', EFFECTS, /asked for twice/, { life: [...LIFE, { ...asked('r1'), epoch: 2 }] }],
  [
    'a switch event was taken twice',
    EFFECTS,
    /event 1 after 2/,
    { life: [...LIFE, { epoch: 2, ctiSeq: 1 }] },
  ],
  [
    'a later command stands before an earlier one',
    ORDER,
    /c2 was sent after c1/,
    { life: LIFE.with(4, { ...completed('c2'), epoch: 2 }).with(6, { ...completed('c1'), epoch: 2 }) },
  ],
  [
    'a repeated command got another answer',
    ORDER,
    /then failure/,
    {
      heard: [
        ...HEARD,
        { at: 7, kind: 'answer', id: 'c1', command: 'hold', result: 'failure', code: 'INVALID_STATE' },
      ],
    },
  ],
  ['an epoch goes back', EPOCHS, /epoch 1 after 2/, { life: LIFE.with(6, completed('c2')) }],
  ['an epoch begins without a claim', EPOCHS, /without a claim/, { life: LIFE.with(1, { epoch: 2 }) }],
  [
    'an earlier owner acts at the switch',
    EPOCHS,
    /done for epoch 1/,
    {
      life: [...LIFE, { ...asked('r2'), epoch: 2 }],
      effects: [EFFECT, { ...EFFECT, requestId: 'r2', epoch: 1 }],
    },
  ],
  [
    'a command was never answered',
    WAITS,
    /never answered/,
    { heard: [...HEARD, { at: 9, kind: 'unanswered', id: 'c3', command: 'hold' }] },
  ],
  [
    'a request has no outcome',
    WAITS,
    /no outcome/,
    { waiting: [{ session: S, what: 'Dial r9 has no outcome' }] },
  ],
];

it('finds nothing where nothing is wrong', () => {
  expect(check(recordsOf({}))).toEqual([]);
});

it.each(TAMPERINGS)('%s: "%s"', (_, invariant, what, tampering) => {
  const found = check(recordsOf(tampering));
  expect(found).toContainEqual(
    expect.objectContaining({ invariant, session: S, what: expect.stringMatching(what) as string }),
  );
});

it('every promise is broken by some of these', () => {
  expect(new Set(TAMPERINGS.map(([, invariant]) => invariant))).toEqual(new Set(Object.keys(INVARIANTS)));
});
