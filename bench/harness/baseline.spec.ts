import { type Baseline, baselineOf, changesInWords, compareWith } from './baseline.ts';
import { type Row } from './row.ts';

const row = (id: string, median: number | null, more: Partial<Row> = {}): Row => ({
  id,
  title: id,
  unit: 'x',
  better: 'higher',
  figures: median === null ? null : { median, low: median, high: median, count: 3 },
  ...more,
});
const of = (rows: readonly Row[], before: Baseline | null = null): Baseline =>
  baselineOf(rows, { date: '2026-01-02', machine: 'a' }, before);

describe('a baseline', () => {
  it('holds what ran, by id and disk, in the order of the alphabet', () => {
    expect(of([row('b', 2), row('a', 1, { disk: '+1 ms' }), row('c', null)])).toEqual({
      date: '2026-01-02',
      machine: 'a',
      rows: { 'a +1 ms': { median: 1, unit: 'x' }, b: { median: 2, unit: 'x' } },
    });
  });

  it('keeps what a later run of some groups did not measure, of the same machine alone', () => {
    const before = of([row('old', 1), row('both', 1)]);
    const later = [row('both', 2)];
    expect(Object.keys(of(later, before).rows)).toEqual(['both', 'old']);
    expect(Object.keys(of(later, { ...before, machine: 'b' }).rows)).toEqual(['both']);
  });
});

describe('compareWith', () => {
  const change = (before: number, now: number, more: Partial<Row> = {}, machine = 'a') =>
    compareWith(of([row('r', before, more)]), [row('r', now, more)], machine).map(({ worse }) => worse);

  it.each([
    ['a sixth less', 1, 0.84, {}, [true]],
    ['an eighth less', 1, 0.88, {}, [false]],
    ['more', 1, 2, {}, [false]],
    ['a sixth slower', 1, 1.16, { better: 'lower' }, [true]],
    ['an eighth slower', 1, 1.12, { better: 'lower' }, [false]],
    ['one where there was none', 0, 1, { better: 'lower' }, [true]],
    ['none where there was none', 0, 0, { better: 'lower' }, [false]],
  ] as const)('%s', (_, before, now, more, worse) => {
    expect(change(before, now, more)).toEqual(worse);
  });

  it('compares times on the same machine only, ratios on any', () => {
    expect(change(1, 2, { unit: 's', better: 'lower' }, 'b')).toEqual([]);
    expect(change(1, 2, { unit: 's', better: 'lower' })).toEqual([true]);
    expect(change(1, 0.5, {}, 'b')).toEqual([true]);
  });

  it('passes over rows that one of them does not have', () => {
    expect(compareWith(of([row('a', 1), row('b', 1)]), [row('b', null), row('c', 1)], 'a')).toEqual([]);
  });

  it('prints the worst first', () => {
    const changes = [
      { key: 'good', gain: 0.1, worse: false },
      { key: 'bad', gain: -0.25, worse: true },
    ];
    expect(changesInWords(changes).slice(1)).toEqual(['    -25 %  bad  WORSE', '    +10 %  good']);
  });
});
