import { figuresOf, inWords } from './figures.ts';
import { figuresInWords, withUnit } from './numbers.ts';

describe('figures', () => {
  it.each([
    [[3], 3, 3, 3],
    [[1, 2, 3, 4, 5], 3, 2, 4],
    [[4, 1, 3, 2], 2.5, 1.75, 3.25],
  ])('of %j', (measured, median, low, high) => {
    expect(figuresOf(measured)).toEqual({ median, low, high, count: measured.length });
  });

  it('can be read', () => {
    expect(inWords({ median: 12.34, low: 11, high: 13.06, count: 3 })).toBe('12.3 (11.0 to 13.1)');
  });
});

describe('a value with its unit', () => {
  it.each([
    [0.7126, 'x', '0.71 x'],
    [12.345, 'x', '12.35 x'],
    [0.00025, 'x', '0.0003 x'],
    [0, 's', '0 s'],
    [0.0123456, 'ms', '0.0123 ms'],
    [0.268, 'ms', '0.268 ms'],
    [1.2549, 'ms', '1.25 ms'],
    [12.34, 'ms', '12.3 ms'],
    [123.4, 'us', '123 us'],
    [25_149, '/GiB', '25,100 /GiB'],
    [5, '', '5.00'],
    [NaN, 'ms', 'NaN ms'],
  ])('%d %s', (value, unit, words) => {
    expect(withUnit(value, unit)).toBe(words);
  });

  it('has its spread beside it, when there is one', () => {
    expect(figuresInWords({ median: 0.7, low: 0.69, high: 0.74, count: 5 }, 'x')).toBe(
      '0.70 x (0.69 to 0.74)',
    );
    expect(figuresInWords({ median: 3, low: 3, high: 3, count: 1 }, 's')).toBe('3.00 s');
  });
});
