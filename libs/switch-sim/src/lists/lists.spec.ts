import fc from 'fast-check';
import { byText, exchanged } from './sorted.ts';
import { emptyTable, rowOf, rowsOf, tableOf, withoutRow, withRow } from './table.ts';

const id = fc.constantFrom(
  ...Array.from({ length: 30 }, (_, index) => String(1001 + index)),
  '__proto__',
  '',
);
const rows = fc.array(fc.record({ id, value: fc.nat() }), { maxLength: 80 });
const byId = (one: { readonly id: string }, other: { readonly id: string }) => byText(one.id, other.id);

describe('a table', () => {
  it.each([0, 10, 5_000, 100_000])('made for %i rows holds what was put last, whatever its size', (size) => {
    fc.assert(
      fc.property(rows, fc.array(id), (put, gone) => {
        const known = new Map(put.map((row) => [row.id, row]));
        const full = put.reduce((table, row) => withRow(table, row), emptyTable<(typeof put)[number]>(size));
        gone.forEach((one) => known.delete(one));
        const left = gone.reduce((table, one) => withoutRow(table, one), full);
        expect(rowsOf(left).toSorted(byId)).toEqual([...known.values()].toSorted(byId));
        for (const one of ['1001', '__proto__', 'constructor', ''])
          expect(rowOf(left, one)).toEqual(known.get(one));
      }),
      { numRuns: 30 },
    );
  });

  it('of rows has them all', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => ({ id: String(index) }));
    expect(rowsOf(tableOf(many))).toHaveLength(1_000);
  });
});

describe('a sorted list', () => {
  const numbers = fc.uniqueArray(fc.nat({ max: 50 }));
  const order = (one: number, other: number): number => one - other;

  it('exchanges some of its items for others and stays sorted', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, (all, gone, come) => {
        const list = [...all].sort(order);
        const left = all.filter((item) => !gone.includes(item) || come.includes(item));
        const expected = [...new Set([...left, ...come])].sort(order);
        const present = gone.filter((item) => all.includes(item));
        const fresh = come.filter((item) => !all.includes(item) || present.includes(item));
        expect(exchanged(list, present, fresh, order)).toEqual(expected);
      }),
    );
  });

  it('is the very same when nothing changes', () => {
    const list = [1, 2, 3];
    expect(exchanged(list, [2], [2], order)).toBe(list);
  });
});
