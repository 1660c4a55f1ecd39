import fc from 'fast-check';
import { type Json, type JsonObject } from '@cordboard/kernel';
import { type EventName, type QuestionName } from '../catalogue/messages.ts';
import { type CtiMessage } from '../message.ts';
import { MAX_ADDRESS_BOOK_ENTRIES } from './address-book-body.ts';
import { readAnswer, trimBody } from './read-body.ts';

const answer = (name: QuestionName, body: JsonObject): CtiMessage => ({
  header: { type: 'cti.response', name, target: 't', requestId: 'r1', result: 'SUCCESS' },
  body,
});
const many = (count: number, item: Json): readonly Json[] => Array.from({ length: count }, () => item);
const trimmed = (name: QuestionName, body: JsonObject) => {
  const result = trimBody(answer(name, body));
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

const CHOICE = { id: '1', code: 'a' };
const QUEUE = { id: '7000', waiting: 0, longestWaitMs: 0 };

describe('lists that are too long, and texts', () => {
  it.each<[QuestionName, string, number, JsonObject]>([
    ['session.query.init', 'channel-groups', 64, { id: 'g' }],
    ['channelgroup.query.init', 'channels', 256, { 'end-point': '1001', type: 'CHAT' }],
    ['session.query.directory', 'entries', 2_000, { destination: '7000' }],
    ['session.query.notreadyreasons', 'reasons', 500, CHOICE],
    ['session.query.logoutreasons', 'reasons', 500, CHOICE],
    ['channel.query.dispositions', 'dispositions', 500, CHOICE],
    ['channel.query.scripts', 'scripts', 500, { id: '1', name: 'a' }],
    ['channel.query.outboundskills', 'skills', 500, { id: '1', name: 'a' }],
  ])('of %s: %s beyond %i', (name, list, most, item) => {
    const enough = { [list]: many(most, item) };
    expect(trimmed(name, enough)).toEqual({ body: enough, cut: 0 });
    expect(trimmed(name, { [list]: many(most + 3, item) })).toEqual({ body: enough, cut: 3 });
  });

  it('are cut inside what is kept', () => {
    const labels = many(70, { language: 'en', country: 'US', name: 'x'.repeat(300), description: '' });
    const read = readAnswer('session.query.notreadyreasons', { reasons: [{ ...CHOICE, labels }] });
    expect(read).toMatchObject({ ok: true, value: { cut: 6 + 64 } });
    expect(read.ok && read.value.reasons[0]?.labels?.[63]?.name).toBe('x'.repeat(256));
  });

  it('never end in half a character', () => {
    const name = `${'x'.repeat(255)}\u{1F600}`;
    expect(trimmed('channel.query.scripts', { scripts: [{ id: '1', name }] }).body).toEqual({
      scripts: [{ id: '1', name: `${'x'.repeat(255)}\uFFFD` }],
    });
  });

  it('are no excuse for what does not fit', () => {
    expect(trimBody(answer('session.query.directory', { entries: many(3_000, {}) }))).toMatchObject({
      ok: false,
    });
  });
});

const books = (addressbooks: Json) => {
  const { body, cut } = trimmed('session.query.addressbook', { addressbooks });
  return { books: body.addressbooks, cut };
};
const nest = (levels: number): JsonObject => ({
  name: String(levels),
  groups: levels === 0 ? [] : [nest(levels - 1)],
  entries: [],
});

const ENTRY = {
  name: 'Example Colleague',
  type: 'agent',
  destinations: [{ label: 'Desk', value: '1002' }],
  properties: { state: 'ready' },
};

it('queues beyond 500 are left out, and long names are cut', () => {
  const name: EventName = 'cti.queues';
  const queues = many(503, { ...QUEUE, name: 'x'.repeat(300) });
  const read = trimBody({ header: { type: 'cti.event', name, target: 'sim.CONTROL' }, body: { queues } });
  expect(read).toEqual({
    ok: true,
    value: { body: { queues: many(500, { ...QUEUE, name: 'x'.repeat(256) }) }, cut: 503 },
  });
});

describe('an address book', () => {
  it('is passed on as it is', () => {
    const skill = { name: 'Sales', type: 'skill', destinations: [], properties: { mediaType: 'PHONE' } };
    const available = { ...skill, properties: { numAvailable: 3, numUnavailable: 0, ewt: '120' } };
    const group = { name: 'Group', groups: [], entries: [ENTRY, skill, available] };
    const book = { name: 'Company', groups: [group], entries: [] };
    expect(books([book])).toEqual({ books: [book], cut: 0 });
  });

  it.each<[string, JsonObject, JsonObject | null, number]>([
    ['an unknown type', { ...ENTRY, type: 'robot' }, null, 1],
    ['a type in capitals', { ...ENTRY, type: 'AGENT' }, ENTRY, 0],
    ['no properties', { ...ENTRY, properties: undefined }, { ...ENTRY, properties: {} }, 0],
    ['a destination that is none', { ...ENTRY, destinations: [...ENTRY.destinations, null] }, ENTRY, 1],
    [
      'too many destinations',
      { ...ENTRY, destinations: many(17, { label: '', value: '1' }) },
      { ...ENTRY, destinations: many(16, { label: '', value: '1' }) },
      1,
    ],
    ['a name too long', { ...ENTRY, name: 'x'.repeat(257) }, { ...ENTRY, name: 'x'.repeat(256) }, 1],
    ['a number that is text', { ...ENTRY, properties: { state: 'a', numAvailable: '3' } }, null, 0],
  ])('with an entry with %s', (_what, entry, kept, cut) => {
    const read = readAnswer('session.query.addressbook', { addressbooks: [{ name: '', entries: [entry] }] });
    const expected = kept ?? { ...ENTRY, properties: { state: 'a' } };
    const entries = cut === 1 && kept === null ? [] : [expected];
    expect(read).toMatchObject({
      ok: true,
      value: { cut, addressbooks: [{ name: '', groups: [], entries }] },
    });
  });

  it('nests eight groups deep', () => {
    expect(books([nest(8)])).toEqual({ books: [nest(8)], cut: 0 });
    const deep = books([nest(9)]);
    expect(deep.cut).toBe(1);
    expect(JSON.stringify(deep.books)).not.toContain('"0"');
  });

  it('has two thousand entries and a thousand groups in all', () => {
    const full = books([
      { name: 'a', entries: many(1_500, ENTRY) },
      { name: 'b', entries: many(501, ENTRY) },
    ]);
    expect(full.cut).toBe(1);
    expect(books(many(1_002, { name: '' })).cut).toBe(2);
  });

  it('is always bounded, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        const { books: kept } = books(values);
        expect(JSON.stringify(kept).split('"destinations"').length - 1).toBeLessThanOrEqual(
          MAX_ADDRESS_BOOK_ENTRIES,
        );
        expect(books(kept ?? [])).toEqual({ books: kept, cut: 0 });
      }),
    );
  });
});
