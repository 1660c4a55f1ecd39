import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from './markdown.ts';
import { mergedRun } from './merged-run.ts';
import { readRun, withTable } from './results.ts';
import { type GroupRun, type Run, rowsOf } from './run.ts';

describe('withTable', () => {
  it('puts the table between its two comments, and takes out what was there', () => {
    const text = 'a\n<!-- table: begin -->\nold\n<!-- table: end -->\nb';
    const once = withTable(text, '| new |');
    expect(once).toBe('a\n<!-- table: begin -->\n\n| new |\n\n<!-- table: end -->\nb');
    expect(withTable(once, '| new |')).toBe(once);
  });

  it.each(['no place', '<!-- table: end --> <!-- table: begin -->'])('leaves %j alone', (text) => {
    expect(withTable(text, 'table')).toBe(text);
  });
});

/** What is kept of the last full run; before the first one there is nothing to agree with. */
describe('the published run', () => {
  const folder = join(import.meta.dirname, '..');
  const run = readRun(folder, 'full');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('has one table, in the README, in results/full.md and in results/full.json', () => {
    expect(existsSync(join(folder, 'results', 'full.md'))).toBe(run !== null);
    if (run === null) return;
    const table = markdownTable(rowsOf(run));
    expect(read('README.md')).toBe(withTable(read('README.md'), table));
    expect(read('results/full.md')).toContain(table);
  });
});

describe('mergedRun', () => {
  const group = (name: string, seconds: number): GroupRun => ({
    name,
    seconds,
    rows: [],
    curves: [],
    notes: [],
    failure: null,
  });
  const run = (date: string, groups: readonly GroupRun[]): Run => ({
    mode: 'full',
    date,
    seconds: 1,
    machine: { cpu: 'c', cores: 2, memoryGiB: 8, system: 's', versions: {} },
    fdatasyncMs: { median: 1, low: 1, high: 1, count: 1 },
    groups,
  });

  it('replaces a group in its place, and says that it did', () => {
    const merged = mergedRun(
      run('monday', [group('a', 1), group('b', 1)]),
      run('tuesday', [group('a', 2), group('c', 2)]),
    );
    expect(merged.date).toBe('monday');
    expect(merged.groups.map(({ name, seconds }) => [name, seconds])).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 2],
    ]);
    expect(merged.groups.map(({ notes }) => notes.length)).toEqual([1, 0, 1]);
    expect(merged.groups[0]?.notes[0]).toBe('measured again, in a run of its own, on tuesday');
  });
});
