import { type Frame } from '../wire/frame.ts';
import { inspectStream } from './stream.ts';
import { CATALOGUE } from '@cordboard/agent-protocol/catalogue';
import { type JsonObject } from '@cordboard/kernel';

const S = '01a1ff2b-cf12-784d-b98e-f50db1d04994';

const capabilities = (kind: string): JsonObject =>
  Object.fromEntries(CATALOGUE.commands.filter((row) => row.kind === kind).map(({ name }) => [name, false]));

const bound: Frame = {
  command: 'bindSession',
  result: 'success',
  data: { mode: 'reset', sequence: 0, started: false, snapshot: { sequence: 0, events: [] } },
};

type Told = readonly [name: string, target: string, data: JsonObject];

const state = (target: string, objectType: string, now: string, before: string | null): Told => [
  'state.updated',
  target,
  { objectType, state: now, previousState: before, capabilities: capabilities(objectType) },
];
const AGENT = { status: 'not_ready', lastReasonCode: '', lastReasonName: '' };
const info = (now: string): Told => ['channel.infochanged', `${S}.c`, { state: now, agentStatus: AGENT }];

const CHANNEL: readonly Told[] = [
  ['channel.created', S, { channel: { id: 'c', name: '1001', type: 'TELEPHONY', modelType: 'TELEPHONY' } }],
  state(`${S}.c`, 'channel', 'INACTIVE', null),
  ['channel.initialized', `${S}.c`, {}],
];
const STARTED: readonly Told[] = [...CHANNEL, ['session.initialized', S, {}]];
const CALL: readonly Told[] = [
  ['interaction.created', `${S}.c`, { interaction: { id: 'i', type: 'TELEPHONY', modelType: 'TELEPHONY' } }],
  state(`${S}.c.i`, 'interaction', 'STARTED', null),
  ['conversation.created', `${S}.c.i`, { conversation: { id: 'v', role: 'primary' } }],
  state(`${S}.c.i.v`, 'conversation', 'TALKING', null),
  ['conversation.initialized', `${S}.c.i.v`, {}],
  ['interaction.initialized', `${S}.c.i`, {}],
];
const leg = (id: string): readonly Told[] => [
  ['conversation.created', `${S}.c.i`, { conversation: { id, role: 'consult' } }],
  state(`${S}.c.i.${id}`, 'conversation', 'DIALING', null),
];

const frames = (told: readonly Told[]): Frame[] =>
  told.map(([name, target, data], index) => ({
    messageType: 'objectEvent',
    target,
    name,
    data,
    sequence: index + 1,
    previous: index === 0 ? null : index,
    at: '2026-01-01T09:00:00.000Z',
  }));

const breaches = (told: readonly Frame[]): readonly string[] =>
  inspectStream([bound, ...told]).breaches.map(({ expected }) => expected);

const with_ = (told: readonly Frame[], index: number, change: Partial<Frame>): readonly Frame[] =>
  told.map((frame, at) => (at === index ? { ...frame, ...change } : frame));

describe('a stream that is as it should be', () => {
  it.each<[string, readonly Told[]]>([
    ['a start', STARTED],
    [
      'a channel that becomes active',
      [...STARTED, info('ACTIVE'), state(`${S}.c`, 'channel', 'ACTIVE', 'INACTIVE')],
    ],
    ['a call', [...STARTED, ...CALL]],
    ['a channel that goes', [...STARTED, ['channel.disposed', `${S}.c`, {}]]],
  ])('%s has no breach', (_what, told) => {
    expect(breaches(frames(told))).toEqual([]);
  });

  it('counts what was seen', () => {
    expect(inspectStream([bound, ...frames(STARTED)]).seen.get('channel.created')).toBe(1);
  });

  it('goes on after a snapshot, and after a resume that tells of what came before', () => {
    const told = frames([...STARTED, info('ACTIVE'), state(`${S}.c`, 'channel', 'ACTIVE', 'INACTIVE')]);
    const snapshot = { sequence: 4, events: told.slice(0, 4) } as unknown as JsonObject;
    const reset: Frame = { ...bound, data: { mode: 'reset', sequence: 4, started: true, snapshot } };
    expect(inspectStream([reset, ...told.slice(4)]).breaches).toEqual([]);
    const resumed: Frame = { ...bound, data: { mode: 'resumed', sequence: 5, started: true } };
    expect(inspectStream([resumed, ...told.slice(4)]).breaches).toEqual([]);
  });
});

describe('each breach of a stream is found', () => {
  it.each<[string, readonly Told[], string]>([
    ['an event before its object', [['channel.initialized', `${S}.c`, {}]], 'was created'],
    [
      'an event after the disposal',
      [...STARTED, ['channel.disposed', `${S}.c`, {}], info('ACTIVE')],
      'disposed',
    ],
    ['an id again', [...STARTED, ['channel.disposed', `${S}.c`, {}], ...CHANNEL], 'D6-6'],
    ['initialized twice', [...STARTED, ['channel.initialized', `${S}.c`, {}]], 'one initialized'],
    ['initialized before its state', [CHANNEL[0] as Told, CHANNEL[2] as Told], 'a state before'],
    ['the session initialized too early', [...CHANNEL.slice(0, 2), ['session.initialized', S, {}]], 'D6-2'],
    [
      'the session initialized twice',
      [...STARTED, ['session.initialized', S, {}]],
      'one session.initialized',
    ],
    [
      'a channel disposed of with a call in it',
      [...STARTED, ...CALL, ['channel.disposed', `${S}.c`, {}]],
      'D6-5',
    ],
    ['a state without its info', [...STARTED, state(`${S}.c`, 'channel', 'ACTIVE', 'INACTIVE')], 'D6-19'],
    [
      'a previousState that was not',
      [...STARTED, state(`${S}.c`, 'channel', 'INACTIVE', 'ACTIVE')],
      'previousState',
    ],
    [
      'an end while a conversation is up',
      [...STARTED, ...CALL, ['interaction.ended', `${S}.c.i`, {}]],
      'D6-18',
    ],
    ['three conversations', [...STARTED, ...CALL, ...leg('w'), ...leg('x')], 'D6-13'],
    [
      'a payload with another key',
      [...STARTED, ['channel.disposed', `${S}.c`, { why: 'x' }]],
      'as the catalogue',
    ],
    [
      'an event of another target',
      [...STARTED, ['session.initialized', `${S}.c`, {}]],
      'session.initialized at S',
    ],
    [
      'an event that nobody knows',
      [...STARTED, ['channel.exploded', `${S}.c`, {}]],
      'an event of the catalogue',
    ],
  ])('%s', (_what, told, expected) => {
    expect(breaches(frames(told)).join('; ')).toContain(expected);
  });

  it.each<[string, Partial<Frame>, string]>([
    ['a gap', { previous: 1 }, 'previous 2'],
    ['a sequence that goes back', { sequence: 1 }, 'a sequence after 2'],
    ['no sequence', { sequence: undefined }, 'a sequence and a previous'],
    ['a key too many', { result: 'success' }, 'channel.initialized with'],
  ])('%s', (_what, change, expected) => {
    expect(breaches(with_(frames(STARTED), 2, change)).join('; ')).toContain(expected);
  });

  it('a capability that is missing', () => {
    const [created, first, ...rest] = frames(STARTED);
    const poor = { ...first, data: { ...first?.data, capabilities: { 'channel.request.ready': true } } };
    expect(breaches([created ?? {}, poor, ...rest]).join()).toContain('capabilities of every command');
  });

  it('a passing event that moves the cursor', () => {
    const passing = { name: 'session.incontact.addressbook.updated', data: { addressbooks: [] } };
    const told = frames([...STARTED, [passing.name, S, passing.data]]);
    expect(breaches(told).join()).toContain('alike outside the stream');
    expect(breaches(with_(told, 4, { sequence: 4, previous: 4 }))).toEqual([]);
  });
});
