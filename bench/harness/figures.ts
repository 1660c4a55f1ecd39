/** The middle of repeated measurements and how far they spread. */
export interface Figures {
  readonly median: number;
  /** A quarter of the measurements lies below `low`, a quarter above `high`. */
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

const at = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const before = sorted[Math.floor(place)] ?? NaN;
  const behind = sorted[Math.ceil(place)] ?? NaN;
  return before + (behind - before) * (place - Math.floor(place));
};

export const figuresOf = (measured: readonly number[]): Figures => {
  const sorted = measured.toSorted((a, b) => a - b);
  return { median: at(sorted, 0.5), low: at(sorted, 0.25), high: at(sorted, 0.75), count: sorted.length };
};

/** `12.3 (11.9 to 13.0)`, in whatever unit they were measured. */
export const inWords = ({ median, low, high }: Figures, digits = 1): string =>
  `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;

/** Microseconds since the process began. */
export const microseconds = (): number => performance.now() * 1_000;

/** How long something takes, in microseconds. */
export const timed = async (task: () => Promise<unknown>): Promise<number> => {
  const since = microseconds();
  await task();
  return microseconds() - since;
};
