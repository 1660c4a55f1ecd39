import { type Figures } from './figures.ts';

/** Three digits that count, thousands set apart: `0.713`, `12.3`, `25,100`. */
const short = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const digits = Math.floor(Math.log10(Math.abs(value))) + 1;
  if (digits <= 3) return value.toFixed(Math.min(4, 3 - Math.max(digits, -1)));
  const factor = 10 ** (digits - 3);
  return (Math.round(value / factor) * factor).toLocaleString('en-US');
};

/** A value with its unit, as people read it: `0.71 x`, `1.25 ms`, `18,300 /s`. */
export const withUnit = (value: number, unit: string): string =>
  unit === 'x' && value >= 0.095 ? `${value.toFixed(2)} x` : `${short(value)} ${unit}`.trimEnd();

/** `0.71 x (0.69 to 0.74)`: the median, and between what half of the rounds lie. */
export const figuresInWords = ({ median, low, high, count }: Figures, unit: string): string => {
  const bare = (value: number): string => withUnit(value, unit).replace(/ \S*$/, '');
  return count === 1 ? withUnit(median, unit) : `${withUnit(median, unit)} (${bare(low)} to ${bare(high)})`;
};
