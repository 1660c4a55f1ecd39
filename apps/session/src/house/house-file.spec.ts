import { readFileSync } from 'node:fs';
import { DEMO_HOUSE_FILE } from '@cordboard/embedded';
import { loadHouses, parseHouses } from './house-file.ts';

const problemOf = (file: unknown): string => {
  const read = parseHouses(typeof file === 'string' ? file : JSON.stringify(file));
  return read.ok ? '' : read.error;
};
const demo = (house: object): object => ({ tenants: { demo: house } });
const label = { language: 'en', country: 'US', name: 'Break', description: '' };

describe('the house file', () => {
  it('gives every tenant its house, the others that of *, or nothing', () => {
    const queues = { '7001': { wrapUpMs: 10_000 } };
    const read = parseHouses(JSON.stringify({ tenants: { demo: { queues }, '*': { models: { big: {} } } } }));
    const houses = read.ok ? read.value : () => undefined;
    expect(houses('demo')).toEqual({
      directory: [],
      notReadyReasons: [],
      logoutReasons: [],
      dispositions: [],
      queues: { '7001': { wrapUpMs: 10_000, dispositionRequired: false } },
      models: {},
    });
    expect(houses('other')?.models).toEqual({ big: { chat: false, email: false, callback: false } });
    const empty = parseHouses('{"tenants":{}}');
    expect(empty.ok && empty.value('demo')).toBeUndefined();
  });

  it('fills in what a reason need not say', () => {
    const reason = {
      reasonCodeId: '1',
      reasonCodeCode: 'break',
      labels: [{ language: 'en', name: 'Break' }],
    };
    const read = parseHouses(JSON.stringify(demo({ notReadyReasons: [reason] })));
    expect(read.ok && read.value('demo')?.notReadyReasons).toEqual([
      {
        reasonCodeId: '1',
        reasonCodeCode: 'break',
        selectable: true,
        extensions: [],
        labels: [{ ...label, country: '' }],
      },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /^it is not JSON: /],
    ['no object', '[]', /must hold an object/],
    ['no tenants', {}, /^tenants: tenants must be an object/],
    ['tenants that are a list', { tenants: [] }, /^tenants: /],
    ['a tenant that is none', { tenants: { demo: 5 } }, /^tenants(\.demo)?: /],
    ['an unknown key', demo({ que: {} }), /^tenants\.demo\.que: /],
    ['an unknown key beside', { tenants: {}, other: 1 }, /^other: /],
    ['a directory that is none', demo({ directory: {} }), /^tenants\.demo\.directory: /],
    ['an entry that is none', demo({ directory: ['5550100'] }), /^tenants\.demo\.directory/],
    ['nothing to dial', demo({ directory: [{ name: 'A' }] }), /^tenants\.demo\.directory\.0\.destination: /],
    [
      'a rule beyond its bounds',
      demo({ queues: { '7001': { wrapUpMs: 3_600_001 } } }),
      /^tenants\.demo\.queues\.7001\.wrapUpMs: /,
    ],
    ['a rule that is null', demo({ queues: { '7001': null } }), /^tenants\.demo\.queues/],
    [
      'a label without language',
      demo({ dispositions: [{ dispositionId: '1', dispositionCode: 'x', labels: [{ name: 'X' }] }] }),
      /^tenants\.demo\.dispositions\.0\.labels\.0\.language: /,
    ],
    ['a model with a word', demo({ models: { m: { chat: 'yes' } } }), /^tenants\.demo\.models\.m\.chat: /],
    [
      'too many reasons',
      demo({ logoutReasons: Array.from({ length: 501 }, () => ({})) }),
      /^tenants\.demo\.logoutReasons/,
    ],
    [
      'a list that no message can carry',
      demo({
        dispositions: Array.from({ length: 500 }, (_, index) => ({
          dispositionId: `${index}`,
          dispositionCode: 'x',
          labels: [{ language: 'en', name: 'X', description: 'x'.repeat(1_024) }],
        })),
      }),
      /^tenants\.demo\.dispositions: .*524288 bytes/,
    ],
    ['a prototype', '{"tenants":{"demo":{"__proto__":{"queues":{}}}}}', /^tenants\.demo/],
    ['a constructor', demo({ constructor: {} }), /^tenants\.demo/],
    ['a prototype at the top', '{"__proto__":{"tenants":{}},"tenants":{}}', /must hold an object/],
    ['a constructor at the top', '{"constructor":{},"tenants":{}}', /./],
    ['a name of every object', demo({ toString: 5 }), /^tenants\.demo\.toString: /],
  ])('with %s is refused by its place', (_what, file, said) => {
    expect(problemOf(file)).toMatch(said);
  });

  it('may have names that prototypes have', () => {
    const read = parseHouses('{"tenants":{"constructor":{"queues":{"__proto__":{"wrapUpMs":5}}}}}');
    const house = read.ok ? read.value('constructor') : undefined;
    expect(JSON.stringify(house?.queues)).toBe('{"__proto__":{"wrapUpMs":5,"dispositionRequired":false}}');
    expect(read.ok && read.value('toString')).toBeUndefined();
  });

  it('of the demonstration is a good one', () => {
    expect(problemOf(readFileSync(DEMO_HOUSE_FILE, 'utf8'))).toBe('');
    const demoHouse = loadHouses(DEMO_HOUSE_FILE)('demo');
    expect(demoHouse?.queues).toEqual({ '7001': { wrapUpMs: 10_000, dispositionRequired: true } });
    expect(Object.keys(demoHouse?.models ?? {})).toEqual(['', 'multimedia']);
    expect(demoHouse?.notReadyReasons.map(({ reasonCodeCode }) => reasonCodeCode)).toEqual([
      'break',
      'lunch',
      'meeting',
    ]);
  });

  it('that is not there stops the start, and none is needed', () => {
    expect(() => loadHouses('/nowhere/house.json')).toThrow(
      /^CORDBOARD_HOUSE_FILE is \/nowhere\/house\.json, but it cannot be read/,
    );
    expect(loadHouses(undefined)('demo')).toBeUndefined();
  });
});
