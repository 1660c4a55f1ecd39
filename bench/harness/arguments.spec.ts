import { type Asked, readArguments } from './arguments.ts';

const GROUPS = ['micro', 'store'];
const NOTHING: Asked = {
  mode: 'full',
  groups: [],
  onlyDisks: [],
  json: false,
  compare: false,
  keep: false,
  baseline: false,
};

describe('readArguments', () => {
  it.each<[string, Partial<Asked>]>([
    ['', {}],
    ['--quick', { mode: 'quick' }],
    ['--full', { mode: 'full' }],
    ['micro --long', { mode: 'long', groups: ['micro'] }],
    ['store micro', { groups: ['store', 'micro'] }],
    ['--only-disk as-is --only-disk +4', { onlyDisks: ['as is', '+4 ms'] }],
    ['--only-disk +1ms', { onlyDisks: ['+1 ms'] }],
    ['--json --compare --baseline --keep', { json: true, compare: true, baseline: true, keep: true }],
  ])('takes %j', (line, asked) => {
    const args = line === '' ? [] : line.split(' ');
    expect(readArguments(args, GROUPS)).toEqual({ kind: 'run', asked: { ...NOTHING, ...asked } });
  });

  it.each([
    ['--help', 'help'],
    ['-h', 'help'],
    ['--list micro', 'list'],
  ])('%s', (line, kind) => {
    expect(readArguments(line.split(' '), GROUPS)).toEqual({ kind });
  });

  it.each([
    ['macro', 'There is no group macro: say micro, store.'],
    ['--quick --long', '--quick and --long exclude each other.'],
    ['--only-disk +2', 'There is no disk +2: say as-is, +1 or +4.'],
    ['--quik', "Unknown option '--quik'"],
  ])('refuses %s', (line, why) => {
    const reading = readArguments(line.split(' '), GROUPS);
    expect(reading).toMatchObject({ kind: 'refused' });
    expect('why' in reading ? reading.why : '').toContain(why);
  });
});
