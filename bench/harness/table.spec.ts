import { completeRows } from './complete.ts';
import { markdownOf, markdownTable } from './markdown.ts';
import { type Run } from './run.ts';
import { type Row } from './row.ts';
import { tableOf, tally } from './table.ts';
import { verdictOf } from './verdict.ts';

const figures = (median: number) => ({ median, low: median * 0.9, high: median * 1.1, count: 5 });
const row = (more: Partial<Row> = {}): Row => ({
  id: 'append/copy@256',
  title: 'engine append / COPY of the same rows, 256 sessions',
  unit: 'x',
  better: 'higher',
  figures: figures(0.72),
  target: 0.7,
  stretch: 0.85,
  ...more,
});

describe('verdictOf', () => {
  it.each<[string, Partial<Row>]>([
    ['met', {}],
    ['stretch', { figures: figures(0.9) }],
    ['MISSED', { figures: figures(0.69) }],
    ['met', { better: 'lower', target: 1.25, stretch: 1.1, figures: figures(1.2) }],
    ['stretch', { better: 'lower', target: 1.25, stretch: 1.1, figures: figures(1.1) }],
    ['MISSED', { better: 'lower', target: 1.25, figures: figures(1.3) }],
    ['MISSED', { figures: figures(NaN) }],
    ['-', { target: undefined }],
    ['not run', { figures: null }],
  ])('%s: %j', (verdict, more) => {
    expect(verdictOf(row(more))).toBe(verdict);
  });
});

describe('completeRows', () => {
  const announced = (['as is', '+1 ms'] as const).map((disk) => ({
    id: 'a',
    title: 'of a',
    unit: 'x',
    better: 'higher' as const,
    disk,
  }));
  const circumstances = { mode: 'quick', absent: {}, failure: null } as const;

  it('adds those that did not come, and says why', () => {
    const given = [row({ id: 'a', disk: 'as is' })];
    const why = (more: object) =>
      completeRows(announced, given, { ...circumstances, ...more }).map((one) => one.why);
    expect(why({})).toEqual([undefined, 'only in the full run']);
    expect(why({ failure: 'broken' })).toEqual([undefined, 'broken']);
    expect(why({ failure: 'broken', absent: { '+1 ms': 'no compiler' } })).toEqual([
      undefined,
      'no compiler',
    ]);
  });
});

const group = {
  name: 'store',
  seconds: 12,
  rows: [
    row({ parts: { engine: { figures: figures(18_300), unit: '/s' } }, note: 'best at 16 connections' }),
    row({ disk: '+4 ms', figures: null, why: 'only in the full run' }),
  ],
  curves: [],
  notes: ['two sweeps'],
  failure: null,
};

it('the table for the terminal', () => {
  expect(tableOf(group).split('\n')).toEqual([
    'store, 12 s',
    '  append/copy@256                    0.72 x (0.65 to 0.79)   aim 0.70 x | 0.85 x   met',
    '    engine append / COPY of the same rows, 256 sessions',
    '      engine: 18,300 /s (16,500 to 20,100)',
    '      best at 16 connections',
    '  append/copy@256 +4 ms              not run: only in the full run',
    '    engine append / COPY of the same rows, 256 sessions',
    '  two sweeps',
    '',
  ]);
  expect(tableOf({ ...group, failure: 'stopped' })).toContain('store, 12 s: stopped');
  expect(tally(group.rows)).toBe(
    'targets: 1 met (0 of them stretched), 0 missed; 0 rows without a target, 1 not run (1 of them with a target)',
  );
});

describe('the Markdown', () => {
  const run: Run = {
    mode: 'quick',
    date: '2026-01-02T03:04:05.000Z',
    seconds: 240,
    machine: { cpu: 'a | b', cores: 2, memoryGiB: 8, system: 'Linux 6, x64', versions: { node: '24.0.0' } },
    fdatasyncMs: figures(0.2),
    groups: [group],
  };

  it('has a line for each row, run or not', () => {
    expect(markdownTable(group.rows).split('\n').slice(0, 4)).toEqual([
      '| what | disk | median (half of the rounds) | target | stretch |  | row |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| engine append / COPY of the same rows, 256 sessions |  | 0.72 x (0.65 to 0.79) | 0.70 x | 0.85 x | met | `append/copy@256` |',
      '| engine append / COPY of the same rows, 256 sessions | +4 ms | not run: only in the full run | 0.70 x | 0.85 x |  | `append/copy@256 +4 ms` |',
    ]);
  });

  it.each([
    ['quick run of 2026-01-02T03:04:05.000Z, 4.0 minutes in all.'],
    ['| processor | a \\| b, 2 cores |'],
    ['| a page to the disk (fdatasync) | 0.200 ms (0.180 to 0.220) |'],
    ['| node | 24.0.0 |'],
    ['| `append/copy@256` | engine | 18,300 /s (16,500 to 20,100) |'],
    ['- `append/copy@256`: best at 16 connections'],
    ['### store'],
    ['two sweeps'],
    ['![quick-append.svg](quick-append.svg)'],
  ])('says %s', (line) => {
    expect(markdownOf(run, ['quick-append.svg']).split('\n')).toContain(line);
  });
});
