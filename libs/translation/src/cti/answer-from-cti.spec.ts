import { type CtiMessage } from '@cordboard/cti-protocol';
import { type SwitchReading, type SwitchRequest, type SwitchRequestType } from '@cordboard/domain';
import fc from 'fast-check';
import { type JsonObject } from '@cordboard/kernel';
import { answerFromCti } from './answer-from-cti.ts';
import { QUESTIONS } from './request-to-cti.ts';

const ask = (type: SwitchRequestType): SwitchRequest =>
  ({ type, target: { session: '0198f2c4-7a10-7abc-8def-0123456789ab' } }) as unknown as SwitchRequest;
const answer = (body: JsonObject, over: Partial<CtiMessage['header']> = {}): CtiMessage => ({
  header: { type: 'cti.response', name: 'any', target: 't', requestId: 'r1', result: 'SUCCESS', ...over },
  body,
});

const interaction = (over: Partial<Extract<SwitchReading, { of: 'interaction' }>>): SwitchReading => ({
  of: 'interaction',
  state: 'STARTED',
  data: {},
  primary: null,
  consult: null,
  ...over,
});
const both = { primary: { id: 'nV1' }, consult: { id: 'nV2' } };

const label = { language: 'de', country: 'DE', name: 'Pause', description: 'Kurze Pause' };
const book = {
  name: 'Team',
  groups: [],
  entries: [
    {
      name: 'Example Caller',
      type: 'external',
      destinations: [{ label: 'Desk', value: '1' }],
      properties: {},
    },
  ],
};

/** What is read from answers, the tolerances V-1 to V-9 of the bridge included. */
const READINGS: readonly (readonly [SwitchRequestType, JsonObject, SwitchReading])[] = [
  ['MakeReady', { anything: 1 }, { of: 'none' }],
  ['CreateSession', { nativeid: 'n' }, { of: 'none' }],
  [
    'ReadSession',
    { 'channel-groups': [{ id: 'a', name: 'A' }, { id: 'b' }] },
    { of: 'session', groups: [{ nativeId: 'a', name: 'A' }, { nativeId: 'b' }], channels: [] },
  ],
  [
    'ReadSession',
    {
      'channel-groups': [{ id: 'a', name: '' }],
      channels: [{ 'end-point': '1001-desk', type: 'Telephony' }],
    },
    {
      of: 'session',
      groups: [{ nativeId: 'a' }],
      channels: [{ nativeId: '1001-desk', channelType: 'TELEPHONY' }],
    },
  ],
  [
    'ReadChannelGroup',
    { channels: [{ 'end-point': '1001', type: 'Telephony' }] },
    { of: 'channelgroup', channels: [{ nativeId: '1001', channelType: 'TELEPHONY' }] },
  ],
  [
    'ReadChannel',
    { 'channel-state': 'INACTIVE' },
    { of: 'channel', state: 'INACTIVE', agent: null, interactions: [] },
  ],
  [
    'ReadChannel',
    {
      'channel-state': 'ACTIVE',
      'agent-state': { status: 'not_ready', 'reason-code': '3', 'reason-name': 'Lunch' },
      interactions: [{ id: 'n' }],
    },
    {
      of: 'channel',
      state: 'ACTIVE',
      agent: { status: 'not_ready', lastReasonCode: '3', lastReasonName: 'Lunch' },
      interactions: [{ nativeId: 'n' }],
    },
  ],
  [
    'ReadChannel',
    { 'channel-state': 'ACTIVE', 'agent-state': { status: 'after_call_work' } },
    {
      of: 'channel',
      state: 'ACTIVE',
      agent: { status: 'after_call_work', lastReasonCode: 'acw', lastReasonName: '' },
      interactions: [],
    },
  ],
  [
    'ReadInteraction',
    {
      'interaction-state': 'STARTED',
      'interaction-data': { a: 'b', n: 1, t: true, z: null, o: { p: 2, q: [3] } },
      conversations: both,
    },
    interaction({
      data: { a: 'b', n: '1', t: 'true', o: { p: '2', q: '[3]' } },
      primary: 'nV1',
      consult: 'nV2',
    }),
  ],
  ['ReadInteraction', { 'interaction-state': 'ALERTING' }, interaction({ state: 'ALERTING' })],
  ['ReadInteraction', { 'interaction-state': 'STARTED', conversations: {} }, interaction({})],
  [
    'ReadInteraction',
    { 'interaction-state': 'DIALING', conversations: both },
    interaction({ state: 'DIALING', primary: 'nV1' }),
  ],
  ['ReadInteraction', { 'interaction-state': 'ENDED', conversations: both }, interaction({ state: 'ENDED' })],
  ['ReadInteraction', { 'interaction-state': 'COMPLETED' }, interaction({ state: 'COMPLETED' })],
  ['ReadConversation', { 'conversation-state': 'MUTE' }, { of: 'conversation', state: 'MUTE', members: [] }],
  [
    'ReadConversation',
    {
      'conversation-state': 'RINGING',
      parties: [{ number: '1', name: '' }, { number: '2' }, { number: '1', name: 'B' }],
    },
    { of: 'conversation', state: 'RINGING', members: [{ number: '1', name: 'B' }, { number: '2' }] },
  ],
  // Somebody who withholds the number is a party all the same; a name is cut, never a reason to lose the call.
  [
    'ReadConversation',
    { 'conversation-state': 'RINGING', parties: [{ number: '', name: 'N'.repeat(5_000) }] },
    { of: 'conversation', state: 'RINGING', members: [{ number: '', name: 'N'.repeat(4_096) }] },
  ],
  ['Consult', { nativeid: 'nV2' }, { of: 'consult', nativeId: 'nV2' }],
  ['Consult', {}, { of: 'consult', nativeId: null }],
  ['Consult', { nativeid: '' }, { of: 'consult', nativeId: null }],
  [
    'ReadDirectory',
    { entries: [{ name: 'Help desk', destination: '5550100', type: 'external' }, { destination: '2' }] },
    {
      of: 'directory',
      entries: [
        { name: 'Help desk', destination: '5550100', type: 'external' },
        { name: '2', destination: '2' },
      ],
    },
  ],
  [
    'ReadNotReadyReasons',
    { reasons: [{ id: '1', code: 'break', selectable: false, extensions: [1], labels: [label] }] },
    {
      of: 'notreadyreasons',
      reasons: [
        { reasonCodeId: '1', reasonCodeCode: 'break', selectable: false, extensions: [1], labels: [label] },
      ],
    },
  ],
  [
    'ReadNotReadyReasons',
    { reasons: [{ id: '1', code: 'break', labels: [{ name: 'Break' }] }] },
    {
      of: 'notreadyreasons',
      reasons: [
        {
          reasonCodeId: '1',
          reasonCodeCode: 'break',
          selectable: true,
          extensions: [],
          labels: [{ language: '', country: '', name: 'Break', description: '' }],
        },
      ],
    },
  ],
  [
    'ReadLogoutReasons',
    { reasons: [{ id: '9', code: 'end', labels: [label] }] },
    {
      of: 'logoutreasons',
      reasons: [{ logoutReasonId: '9', logoutReasonCode: 'end', extensions: [], labels: [label] }],
    },
  ],
  [
    'ReadDispositions',
    { dispositions: [{ id: '1', code: 'sold' }] },
    {
      of: 'dispositions',
      dispositions: [{ dispositionId: '1', dispositionCode: 'sold', extensions: [], labels: [] }],
    },
  ],
  [
    'ReadScripts',
    { scripts: [{ id: '1', name: 'Welcome' }, { id: '2' }] },
    {
      of: 'scripts',
      scripts: [
        { scriptId: '1', scriptName: 'Welcome' },
        { scriptId: '2', scriptName: '2' },
      ],
    },
  ],
  [
    'ReadOutboundSkills',
    { skills: [{ id: '7', name: 'Sales' }] },
    { of: 'outboundskills', skills: [{ id: '7', skillName: 'Sales' }] },
  ],
  ['ReadAddressBook', { addressbooks: [book] }, { of: 'addressbook', addressBooks: [book] }],
  ['ReadAddressBook', {}, { of: 'addressbook', addressBooks: [] }],
  ['StopAddressBook', {}, { of: 'none' }],
];

describe('an answer of the switch', () => {
  it.each(READINGS)('to %s with %j reads as %j', (type, body, reading) => {
    expect(answerFromCti(ask(type), answer(body))).toEqual({ ok: true, reading });
  });

  it.each<[SwitchRequestType, JsonObject]>([
    ['ReadSession', {}],
    ['ReadChannelGroup', { channels: [{ type: 'CHAT' }] }],
    ['ReadDirectory', { entries: [{ name: 'nowhere' }] }],
    ['ReadScripts', {}],
    ['ReadChannel', { 'channel-state': 'OPEN' }],
    ['ReadInteraction', { 'interaction-state': 'STARTED', conversations: { primary: 'n' } }],
    ['ReadConversation', { 'conversation-state': 'HELD', parties: [{ name: 'nameless' }] }],
  ])('to %s with %j cannot be used', (type, body) => {
    expect(answerFromCti(ask(type), answer(body))).toMatchObject({ ok: false, cause: 'malformed' });
  });

  it('is refused in the words of the switch, or in ours where it has none', () => {
    const refused = (errorMessage?: string): unknown =>
      answerFromCti(ask('Dial'), answer({}, { result: 'FAILURE', errorMessage }));
    expect(refused('No trunk free.')).toEqual({ ok: false, cause: 'refused', message: 'No trunk free.' });
    expect(refused()).toMatchObject({
      ok: false,
      cause: 'refused',
      message: expect.stringMatching(/\.$/) as string,
    });
  });

  it.each<Partial<CtiMessage['header']>>([{ type: 'cti.event' }, { result: undefined }])(
    'is none with %j',
    (over) => {
      expect(answerFromCti(ask('MakeReady'), answer({}, over))).toMatchObject({
        ok: false,
        cause: 'malformed',
      });
    },
  );

  it('has bounded data', () => {
    const many = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`k${index}`, 'x'.repeat(5_000)]),
    );
    const body = { 'interaction-state': 'STARTED', 'interaction-data': many };
    const read = answerFromCti(ask('ReadInteraction'), answer(body));
    const data = read.ok && read.reading.of === 'interaction' ? read.reading.data : {};
    expect(data.k0).toHaveLength(4_096);
    expect(Object.keys(data)).toHaveLength(31);
    expect(JSON.stringify(data).length).toBeLessThanOrEqual(128 * 1_024);
  });

  it('has as many items as fit, whatever their names', () => {
    const few = JSON.parse(
      '{"__proto__":{"constructor":1},"constructor":"\u{1F600}","ANI":null}',
    ) as JsonObject;
    const read = answerFromCti(
      ask('ReadInteraction'),
      answer({ 'interaction-state': 'STARTED', 'interaction-data': few }),
    );
    expect(JSON.stringify(read)).toContain('{"__proto__":{"constructor":"1"},"constructor":"\u{1F600}"}');
    const many = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${index}`, 'x']));
    const cut = answerFromCti(
      ask('ReadInteraction'),
      answer({ 'interaction-state': 'STARTED', 'interaction-data': many }),
    );
    expect(cut).toMatchObject({ ok: true, reading: { data: { k511: 'x' } } });
    expect(cut).not.toHaveProperty('reading.data.k512');
  });

  it('names as many parties as a session may hold', () => {
    const parties = Array.from({ length: 256 }, (_, index) => ({ number: String(index) }));
    const read = answerFromCti(ask('ReadConversation'), answer({ 'conversation-state': 'TALKING', parties }));
    expect(read.ok && read.reading.of === 'conversation' && read.reading.members).toHaveLength(256);
  });

  it('that is more than a browser may be told at once is none', () => {
    const labels = Array.from({ length: 64 }, () => ({
      language: 'en',
      description: '\u{1F600}'.repeat(500),
    }));
    const reasons = Array.from({ length: 10 }, (_, index) => ({ id: `${index}`, code: 'c', labels }));
    expect(answerFromCti(ask('ReadNotReadyReasons'), answer({ reasons }))).toMatchObject({
      ok: false,
      cause: 'malformed',
      message: expect.stringContaining('larger than 786432 bytes') as string,
    });
    const entries = Array.from({ length: 2_000 }, (_, index) => ({
      name: `Example Caller ${index}`,
      type: 'external',
      destinations: [{ label: 'Desk', value: '+12025550123' }],
      properties: { state: 'Available' },
    }));
    const books = { addressbooks: [{ name: 'All', groups: [], entries }] };
    expect(answerFromCti(ask('ReadAddressBook'), answer(books))).toMatchObject({ ok: true });
  });

  it('never raises', () => {
    const types = fc.constantFrom(...(Object.keys(QUESTIONS) as SwitchRequestType[]));
    const keys = fc.constantFrom(
      'interaction-state',
      'interaction-data',
      'conversations',
      'channels',
      'parties',
      'entries',
      'reasons',
      'dispositions',
      'scripts',
      'skills',
      'addressbooks',
    );
    fc.assert(
      fc.property(types, fc.dictionary(keys, fc.jsonValue()), (type, body) => {
        expect(typeof answerFromCti(ask(type), answer(body as JsonObject)).ok).toBe('boolean');
      }),
    );
  });
});
